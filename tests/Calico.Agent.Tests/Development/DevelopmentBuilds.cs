using Calico.Agent.Tests.Support;

namespace Calico.Agent.Tests.Development;

/// <summary>What a build does to its output folder.</summary>
internal static class DevelopmentBuilds
{
    private static int s_builds;

    public static void Write(string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (string file in Directory.EnumerateFiles(BuiltPlugin.Obedient))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)), overwrite: true);
        }

        Touch(folder);
    }

    /// <summary>Another build: each has a time of its own.</summary>
    public static void Touch(string folder) => File.SetLastWriteTimeUtc(
        Path.Combine(folder, "Acme.Obedient.dll"), new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddSeconds(Interlocked.Increment(ref s_builds)));

    public static IEnumerable<string?> Files(string folder) => Directory.EnumerateFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal);
}
