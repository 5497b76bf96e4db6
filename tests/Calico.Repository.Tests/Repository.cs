namespace Calico.Repository.Tests;

/// <summary>The files of this repository, as a clean clone has them: what a build or a test run leaves is left out.</summary>
internal static class Repository
{
    private static readonly string[] LeftOut = [".git", ".vs", ".idea", "bin", "obj", "artifacts", "TestResults"];

    public static string Root { get; } = FindRoot();

    /// <summary>Every file, as a path from the root with forward slashes.</summary>
    public static IReadOnlyList<string> Files { get; } = [.. Walk(Root).Order(StringComparer.Ordinal)];

    public static IEnumerable<string> FilesNamed(params string[] extensions) =>
        Files.Where(file => extensions.Contains(Path.GetExtension(file)));

    public static string PathOf(string file) => Path.Combine(Root, file);

    public static string Text(string file) => File.ReadAllText(PathOf(file));

    public static string[] Lines(string file) => File.ReadAllLines(PathOf(file));

    /// <summary>Text, and not a picture or an archive: no NUL among the first bytes.</summary>
    public static bool IsText(string file)
    {
        Span<byte> start = stackalloc byte[4096];
        using var stream = File.OpenRead(PathOf(file));
        return !start[..stream.Read(start)].Contains((byte)0);
    }

    private static IEnumerable<string> Walk(string folder)
    {
        foreach (var path in Directory.EnumerateFileSystemEntries(folder))
        {
            if (LeftOut.Contains(Path.GetFileName(path)))
            {
                continue;
            }

            if (!Directory.Exists(path))
            {
                yield return Path.GetRelativePath(Root, path);
                continue;
            }

            foreach (var file in Walk(path))
            {
                yield return file;
            }
        }
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Calico.Sdk.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName
            ?? throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} holds Calico.Sdk.sln.");
    }
}
