using System.Text.Json.Serialization.Metadata;
using Calico.Sdk;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Calico.Core.Plugins;

/// <content>Commands.</content>
internal sealed partial class PluginBuilder
{
    private readonly List<PluginCommand> _commands = [];

    public void Command<THandler, TRow>(
        string name, string description, JsonTypeInfo<TRow> rowType, params IReadOnlyList<CommandParameter> parameters)
        where THandler : class, ICommandHandler<TRow>
    {
        Check(NameRules.ExplainWord(name), "command", name, nameof(name));
        RefuseSecond(_commands.Any(command => command.Name == name), "command", name, nameof(name));
        Check(string.IsNullOrWhiteSpace(description) ? "it has no description. Write one sentence for the help." : null, "command", name, nameof(description));
        ArgumentNullException.ThrowIfNull(rowType);
        Check(rowType.Kind != JsonTypeInfoKind.Object ? $"its row type {typeof(TRow).Name} is not written as a JSON object. Take a record: its properties become the columns." : null, "command", name, nameof(rowType));
        Check(CommandOptions.ExplainDeclaration(parameters), "command", name, nameof(parameters));
        _services.TryAddTransient<THandler>();
        _commands.Add(new PluginCommand<THandler, TRow>(Id, name, description, rowType, [.. parameters]));
    }
}
