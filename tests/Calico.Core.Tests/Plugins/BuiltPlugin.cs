namespace Calico.Core.Tests.Plugins;

/// <summary>Finds the output folders of plugins that were built with the tests.</summary>
internal static class BuiltPlugin
{
    private static readonly DirectoryInfo s_here = new(AppContext.BaseDirectory);

    public static string FlowCounters => OutputOf("Plugins/Calico.Plugins.FlowCounters");

    public static string Obedient => OutputOf("tests/plugins/Acme.Obedient");

    public static string Desired => OutputOf("tests/plugins/Acme.Desired");

    public static string Throwing => OutputOf("tests/plugins/Acme.Throwing");

    /// <summary>A copy that a test may spoil.</summary>
    public static TemporaryFolder Copy(string folder)
    {
        var copy = new TemporaryFolder();
        foreach (string file in Directory.EnumerateFiles(folder))
        {
            File.Copy(file, Path.Combine(copy.Path, Path.GetFileName(file)));
        }

        return copy;
    }

    /// <summary>The repository.</summary>
    public static string Root
    {
        get
        {
            DirectoryInfo root = s_here;
            while (!File.Exists(Path.Combine(root.FullName, "Calico.Sdk.sln")))
            {
                root = root.Parent ?? throw new InvalidOperationException($"No Calico.Sdk.sln above {s_here.FullName}: run the tests from their build folder.");
            }

            return root.FullName;
        }
    }

    // …/tests/Calico.Core.Tests/bin/Debug/net10.0/: the plugin's output folder has the same end.
    private static string OutputOf(string project) => Path.Combine(Root, project, "bin", s_here.Parent!.Name, s_here.Name);
}
