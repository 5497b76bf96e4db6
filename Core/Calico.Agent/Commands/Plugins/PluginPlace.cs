using System.CommandLine;
using Calico.Agent.CommandLine;
using Calico.Core.Configuration;
using Calico.Core.Plugins;
using Calico.Sdk.Resources;

namespace Calico.Agent.Commands.Plugins;

/// <summary>The store of plugins that is meant, and the configuration that uses it.</summary>
/// <param name="Configuration">As its file says, or the defaults.</param>
/// <param name="HasFile">Whether there is a file.</param>
internal sealed record PluginPlace(AgentConfiguration Configuration, bool HasFile)
{
    public PluginStore Store { get; } = new(Configuration.Paths.Plugins);

    public static Option<string?> ConfigurationOption() => new("--config", "-c")
    {
        Description = $"The agent's configuration, which says where plugins are kept and which are used. Without it: {AgentCommand.DefaultConfiguration} where there is one, else the defaults.",
        HelpName = "FILE",
    };

    /// <param name="file">As it was given; null = the usual one, if there is one.</param>
    /// <param name="isRequired">False: the usual one may be unreadable, as it is for an ordinary user.</param>
    /// <exception cref="CommandFailure">The file is wrong.</exception>
    public static PluginPlace Of(string? file, bool isRequired = true)
    {
        if (file is null && !File.Exists(AgentCommand.DefaultConfiguration))
        {
            return Defaults();
        }

        try
        {
            return new PluginPlace(AgentCommand.Read(file ?? AgentCommand.DefaultConfiguration), HasFile: true);
        }
        catch (CommandFailure) when (file is null && !isRequired)
        {
            return Defaults();
        }
    }

    /// <summary>The enabled entry of the configuration for a plugin, by its id or by a folder of the store; null = none.</summary>
    public PluginConfiguration? EntryOf(string id) => Configuration.Plugins.FirstOrDefault(plugin => plugin.IsEnabled && plugin.Id == id)
        ?? Configuration.Plugins.FirstOrDefault(plugin => plugin.IsEnabled && plugin.Folder.StartsWith(Path.Combine(Store.Folder, id) + "/", StringComparison.Ordinal));

    /// <summary>The version that an entry runs; null where it is none of the store's.</summary>
    public string? VersionOf(PluginConfiguration entry) =>
        entry.Id is null ? Path.GetFileName(entry.Folder) : entry.Version ?? Store.Active(entry.Id);

    /// <summary>The operator's options for a plugin.</summary>
    public MappingNode OptionsOf(string id) => EntryOf(id)?.Options ?? OptionText.Of([], Configuration.File);

    /// <summary>Runs what concerns the store; what it refuses ends the command.</summary>
    public static T Attempt<T>(Func<T> step)
    {
        try
        {
            return step();
        }
        catch (Exception refused) when (refused is PluginStoreException or PluginLoadException)
        {
            throw new CommandFailure(ExitCodes.Failure, refused.Message);
        }
    }

    private static PluginPlace Defaults() => new(AgentConfigurationReader.Read("", AgentCommand.DefaultConfiguration), HasFile: false);
}
