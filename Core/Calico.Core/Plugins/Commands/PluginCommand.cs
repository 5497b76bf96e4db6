using System.Text.Json.Serialization.Metadata;
using Calico.Sdk;

namespace Calico.Core.Plugins;

/// <summary>A command that a plugin adds to the command line: what to show of it, and how to run it.</summary>
public abstract class PluginCommand
{
    private protected PluginCommand(
        string pluginId, string name, string description, JsonTypeInfo rowType, IReadOnlyList<CommandParameter> parameters)
    {
        PluginId = pluginId;
        Name = name;
        Description = description;
        Parameters = parameters;
        Columns = [.. rowType.Properties.Where(property => property.Get is not null).Select(property => property.Name)];
    }

    /// <summary>The plugin that adds it.</summary>
    public string PluginId { get; }

    /// <summary>The word on the command line.</summary>
    public string Name { get; }

    /// <summary>One sentence for the help.</summary>
    public string Description { get; }

    /// <summary>Its options.</summary>
    public IReadOnlyList<CommandParameter> Parameters { get; }

    /// <summary>The members of each row's JSON object, in order: the columns of the table.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>Runs the command.</summary>
    /// <param name="options">Option name to text; a flag is <c>true</c>.</param>
    /// <param name="cancellationToken">Stops the run; so does unloading the plugin.</param>
    /// <returns>The rows as they come, each one JSON object in UTF-8 without a line break.</returns>
    /// <exception cref="PluginCommandException">
    /// The options are wrong (at once), or the plugin failed (while the rows are read).
    /// </exception>
    public IAsyncEnumerable<ReadOnlyMemory<byte>> RunAsync(
        IReadOnlyDictionary<string, string> options, CancellationToken cancellationToken = default) =>
        RunChecked(CommandOptions.Read(this, options), cancellationToken);

    /// <summary>Gives the command the container that makes its handler.</summary>
    internal abstract void Bind(PluginServices services);

    private protected abstract IAsyncEnumerable<ReadOnlyMemory<byte>> RunChecked(CommandInput input, CancellationToken cancellationToken);
}
