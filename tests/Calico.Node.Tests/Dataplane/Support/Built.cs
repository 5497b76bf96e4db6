namespace Calico.Node.Tests.Dataplane.Support;

/// <summary>What the build made beside the tests.</summary>
internal static class Built
{
    /// <summary>The agent and the command line.</summary>
    public static string Calico { get; } = Path.Combine(Output("Core/Calico.Agent"), "calico");

    public static string FlowCounters { get; } = Output("Plugins/Calico.Plugins.FlowCounters");

    /// <summary>One cache for all runs: what is compiled is named by its content.</summary>
    public static string Cache { get; } = Path.Combine(AppContext.BaseDirectory, "program-cache");

    /// <summary>A plugin that is there for tests only.</summary>
    public static string TestPlugin(string name) => Output($"tests/plugins/{name}");

    private static string Output(string project)
    {
        // …/tests/Calico.Node.Tests/bin/Debug/net10.0/: the other project's output folder has the same end.
        var here = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd('/'));
        var root = here;
        while (!File.Exists(Path.Combine(root.FullName, "Calico.Sdk.sln")))
        {
            root = root.Parent ?? throw new DirectoryNotFoundException($"Calico.Sdk.sln is not above {here}.");
        }

        return Path.Combine(root.FullName, project, "bin", here.Parent!.Name, here.Name);
    }
}
