using Calico.Core.Chain.Declarations;
using Calico.Core.Compile;
using Calico.Sdk;
using Calico.Sdk.Resources;
using Microsoft.Extensions.DependencyInjection;

namespace Calico.Core.Plugins;

/// <summary>Collects what a plugin declares, and refuses a wrong declaration on the line that makes it.</summary>
internal sealed partial class PluginBuilder : IPluginBuilder
{
    private readonly ITemplateSource _templates;
    private readonly ServiceCollection _services = [];
    private readonly PluginOptions _options;
    private readonly List<string> _requires = [];
    private readonly List<string> _conflicts = [];
    private bool _closed;

    /// <param name="id">The plugin's id, checked already.</param>
    /// <param name="options">What the operator wrote.</param>
    /// <param name="templates">What is in the assembly's embedded bpf/ folder.</param>
    /// <param name="isDetached">There is no operator who could give required options.</param>
    public PluginBuilder(string id, MappingNode options, ITemplateSource templates, bool isDetached = false)
    {
        Id = id;
        _options = new PluginOptions(this, options, isDetached);
        _templates = templates;
    }

    public string Id { get; }

    public IPluginOptions Options => WhileOpen(_options);

    public IServiceCollection Services => WhileOpen(_services);

    public void Requires(string pluginId) => AddOther(_requires, pluginId);

    public void Conflicts(string pluginId) => AddOther(_conflicts, pluginId);

    /// <summary>Ends the declaring, and checks what only shows when all is said.</summary>
    public PluginContribution Close()
    {
        _closed = true;
        CheckDecodersOfFields();
        var declaration = new PluginDeclaration(Id)
        {
            Stages = [.. _stages.Select(stage => stage.Finish(_templates))],
            SocketPrograms = [.. _socketPrograms.Select(program => program.Finish(_templates))],
            Maps = [.. _maps],
            Events = [.. _events],
            FlowFields = [.. _flowFields],
            PacketFields = [.. _packetFields],
            DropReasons = [.. _dropReasons],
            TraceNotes = [.. _traceNotes],
            Requires = [.. _requires],
            Conflicts = [.. _conflicts],
            ExportedMaps = [.. _exportedMaps],
            ExportedFlowFields = [.. _exportedFlowFields],
            Imports = [.. _imports],
            Options = _options.Declared,
        };
        return new PluginContribution(declaration, _templates, _services, [.. _commands])
        {
            Kinds = [.. _kinds],
            Work = [.. _work],
            Decoders = [.. _decoders],
            Routes = [.. _routes.OrderBy(route => route.Pattern, RoutePattern.MostExactFirst)],
        };
    }

    /// <summary>What is wrong with the operator's options; null where they are right.</summary>
    /// <param name="isComplete">False where Configure failed before it had declared all.</param>
    public string? ExplainOptions(bool isComplete) => _options.Explain(isComplete);

    internal void CheckOption(string? wrong, string name) => Check(wrong, "option", name, nameof(name));

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
