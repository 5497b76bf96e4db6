using System.Runtime.CompilerServices;
using System.Text.Json.Serialization.Metadata;
using Calico.Core.Chain.Declarations;
using Calico.Core.Compile;
using Calico.Sdk;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Calico.Core.Plugins;

/// <summary>Collects what a plugin declares, and refuses a wrong declaration on the line that makes it.</summary>
internal sealed class PluginBuilder : IPluginBuilder
{
    private const int MaxFieldSize = 16;

    private readonly ITemplateSource _templates;
    private readonly ServiceCollection _services = [];
    private readonly IReadOnlyDictionary<string, string> _options;
    private readonly List<StageBuilder> _stages = [];
    private readonly List<MapDeclaration> _maps = [];
    private readonly List<FieldDeclaration> _flowFields = [];
    private readonly List<FieldDeclaration> _packetFields = [];
    private readonly List<DropReasonDeclaration> _dropReasons = [];
    private readonly List<string> _requires = [];
    private readonly List<string> _conflicts = [];
    private readonly List<PluginCommand> _commands = [];
    private bool _closed;

    /// <param name="id">The plugin's id, checked already.</param>
    /// <param name="options">What the operator gave.</param>
    /// <param name="templates">What is in the assembly's embedded bpf/ folder.</param>
    public PluginBuilder(string id, IReadOnlyDictionary<string, string> options, ITemplateSource templates)
    {
        Id = id;
        _options = options;
        _templates = templates;
    }

    public string Id { get; }

    public IReadOnlyDictionary<string, string> Options => WhileOpen(_options);

    public IServiceCollection Services => WhileOpen(_services);

    public IStageBuilder Stage(string name, StagePhase phase)
    {
        Check(NameRules.ExplainSnakeCase(name), "stage", name, nameof(name));
        RefuseSecond(_stages.Any(stage => stage.Name == name), "stage", name, nameof(name));
        Check(Enum.IsDefined(phase) ? null : $"{phase} is not a phase. Take PreFlow, NewFlow or PostFlow.", "stage", name, nameof(phase));
        var stage = new StageBuilder(this, new StageDeclaration(Id, name, phase));
        _stages.Add(stage);
        return stage;
    }

    public MapHandle<TKey, TValue> Map<TKey, TValue>(string name, MapKind kind, uint maxEntries)
        where TKey : unmanaged
        where TValue : unmanaged
    {
        Check(NameRules.ExplainSnakeCase(name), "map", name, nameof(name));
        RefuseSecond(_maps.Any(map => map.Name == name), "map", name, nameof(name));
        Check(MapRules.Explain<TKey>(kind, maxEntries), "map", name, nameof(kind));
        Check(LayoutRules.Explain(typeof(TKey)) is { } key ? "its key " + key : null, "map", name, nameof(TKey));
        Check(LayoutRules.Explain(typeof(TValue)) is { } value ? "its value " + value : null, "map", name, nameof(TValue));
        _maps.Add(new MapDeclaration(Id, name, kind, typeof(TKey), typeof(TValue), maxEntries));
        return new MapHandle<TKey, TValue>(Id, name);
    }

    public FlowField<T> FlowField<T>(string name)
        where T : unmanaged
    {
        AddField<T>(_flowFields, "flow field", name);
        return new FlowField<T>(Id, name);
    }

    public void PacketField<T>(string name)
        where T : unmanaged => AddField<T>(_packetFields, "packet field", name);

    public void DropReason(string name, string sentence)
    {
        Check(NameRules.ExplainUpperCase(name), "drop reason", name, nameof(name));
        RefuseSecond(_dropReasons.Any(reason => reason.Name == name), "drop reason", name, nameof(name));
        Check(string.IsNullOrWhiteSpace(sentence) ? "it has no sentence. Say what it means to the person whose packet it was." : null, "drop reason", name, nameof(sentence));
        _dropReasons.Add(new DropReasonDeclaration(Id, name, sentence));
    }

    public void Requires(string pluginId) => AddOther(_requires, pluginId);

    public void Conflicts(string pluginId) => AddOther(_conflicts, pluginId);

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

    /// <summary>Ends the declaring, and checks what only shows when all is said.</summary>
    public PluginContribution Close()
    {
        _closed = true;
        var declaration = new PluginDeclaration(Id)
        {
            Stages = [.. _stages.Select(stage => stage.Finish(_templates))],
            Maps = [.. _maps],
            FlowFields = [.. _flowFields],
            PacketFields = [.. _packetFields],
            DropReasons = [.. _dropReasons],
            Requires = [.. _requires],
            Conflicts = [.. _conflicts],
        };
        return new PluginContribution(declaration, _templates, _services, [.. _commands]);
    }

    /// <summary>A builder that was kept beyond Configure would change a plan that is in force.</summary>
    internal void EnsureOpen()
    {
        if (_closed)
        {
            throw new InvalidOperationException(
                $"Plugin '{Id}' declares something after Configure has returned. Declare everything inside Configure.");
        }
    }

    private T WhileOpen<T>(T value)
    {
        EnsureOpen();
        return value;
    }

    private void AddField<T>(List<FieldDeclaration> fields, string what, string name)
        where T : unmanaged
    {
        Check(NameRules.ExplainSnakeCase(name), what, name, nameof(name));
        RefuseSecond(fields.Any(field => field.Name == name), what, name, nameof(name));
        int size = Unsafe.SizeOf<T>();
        Check(size > MaxFieldSize ? $"its type {typeof(T).Name} has {size} bytes, at most {MaxFieldSize} fit. Keep what is larger in a map of its own." : null, what, name, nameof(name));
        Check(LayoutRules.Explain(typeof(T)) is { } wrong ? "its type " + wrong : null, what, name, nameof(T));
        fields.Add(new FieldDeclaration(Id, name, typeof(T), size));
    }

    private void AddOther(List<string> others, string pluginId)
    {
        Check(NameRules.ExplainId(pluginId), "other plugin", pluginId, nameof(pluginId));
        Check(pluginId == Id ? "that is this plugin itself." : null, "other plugin", pluginId, nameof(pluginId));
        if (!others.Contains(pluginId))
        {
            others.Add(pluginId);
        }
    }

    private void RefuseSecond(bool known, string what, string name, string parameter) =>
        Check(known ? "it is declared already. Take another name." : null, what, name, parameter);

    private void Check(string? wrong, string what, string name, string parameter)
    {
        EnsureOpen();
        StageBuilder.ThrowIf(wrong, $"The {what} '{name}'", parameter);
    }
}
