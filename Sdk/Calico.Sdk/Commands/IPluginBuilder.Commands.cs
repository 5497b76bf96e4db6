using System.Text.Json.Serialization.Metadata;

namespace Calico.Sdk;

/// <content>Words on the command line.</content>
public partial interface IPluginBuilder
{
    /// <summary>
    /// Adds a command to the command line. It runs in the agent; its rows are shown as a table, JSON or YAML.
    /// </summary>
    /// <typeparam name="THandler">Made by the plugin's container for each run.</typeparam>
    /// <typeparam name="TRow">One row of the result: an immutable record.</typeparam>
    /// <param name="name">The word on the command line.</param>
    /// <param name="description">One sentence for the help.</param>
    /// <param name="rowType">
    /// How a row becomes JSON, from a source-generated <c>JsonSerializerContext</c> (reflection would keep an unloaded plugin alive).
    /// </param>
    /// <param name="parameters">The command's options.</param>
    void Command<THandler, TRow>(
        string name, string description, JsonTypeInfo<TRow> rowType, params IReadOnlyList<CommandParameter> parameters)
        where THandler : class, ICommandHandler<TRow>;
}
