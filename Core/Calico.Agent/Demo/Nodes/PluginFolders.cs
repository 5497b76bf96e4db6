using Calico.Agent.CommandLine;
using Calico.Core.Plugins;

namespace Calico.Agent.Demo.Nodes;

/// <summary>Finds the plugins that the demo's agents load.</summary>
internal static class PluginFolders
{
    /// <summary>Where <c>./run</c> says that the first-party plugins were built, separated by colons.</summary>
    public const string Variable = "CALICO_SDK_PLUGIN_FOLDERS";

    /// <summary>The first-party plugins, then those that were asked for.</summary>
    /// <param name="asked">Folders and packages.</param>
    /// <param name="unpackInto">Where packages are unpacked.</param>
    public static IReadOnlyList<string> Find(IEnumerable<string> asked, string unpackInto) =>
        [.. FirstParty().Concat(asked.Select(plugin => FolderOf(plugin, unpackInto))).Distinct()];

    private static IEnumerable<string> FirstParty()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } listed)
        {
            return listed.Split(':', StringSplitOptions.RemoveEmptyEntries).Select(Existing);
        }

        string beside = Path.Combine(AppContext.BaseDirectory, "plugins");
        return Directory.Exists(beside) ? Directory.EnumerateDirectories(beside).Order(StringComparer.Ordinal) : [];
    }

    private static string Existing(string folder) => Directory.Exists(folder)
        ? Path.GetFullPath(folder)
        : throw new CommandFailure(ExitCodes.Usage, $"{Variable} names the folder {folder}, which does not exist. Build the plugins first: ./run does.");

    private static string FolderOf(string plugin, string unpackInto)
    {
        if (Directory.Exists(plugin))
        {
            return Path.GetFullPath(plugin);
        }

        if (!File.Exists(plugin))
        {
            throw new CommandFailure(ExitCodes.Usage, $"There is no plugin {plugin}. Name the folder that holds its assembly, or its package.");
        }

        try
        {
            return new PluginStore(unpackInto).Install(Path.GetFullPath(plugin)).Plugin.Folder;
        }
        catch (Exception refused) when (refused is PluginStoreException or PluginLoadException)
        {
            throw new CommandFailure(ExitCodes.Usage, refused.Message);
        }
    }
}
