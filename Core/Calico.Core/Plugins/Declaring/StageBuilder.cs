using Calico.Core.Chain.Declarations;
using Calico.Core.Compile;
using Calico.Sdk;

namespace Calico.Core.Plugins;

/// <summary>Collects what a plugin says about one stage.</summary>
internal sealed class StageBuilder(PluginBuilder plugin, StageDeclaration stage) : IStageBuilder
{
    private StageDeclaration _stage = stage;

    public string Name => _stage.Name;

    public IStageBuilder Template(string name)
    {
        bool clean = !string.IsNullOrWhiteSpace(name) && !name.StartsWith('/') && !name.Split('/').Contains("..");
        return Set(clean ? null : $"'{name}' is not a template's name. Give it as it is below the bpf/ folder of the project.", _stage with { Template = name });
    }

    public IStageBuilder On(Hooks hooks) => Set(
        hooks == Hooks.None || (hooks & ~(Hooks.Tc | Hooks.Xdp)) != 0 ? $"'{hooks}' is no set of hooks. Give at least one of {nameof(Hooks)}." : null,
        _stage with { Hooks = hooks });

    public IStageBuilder Inline() => Set(
        _stage.Phase == StagePhase.PostFlow ? null : $"only PostFlow stages can be inline, and it is a {_stage.Phase} stage. Leave Inline() out.",
        _stage with { Form = StageForm.Inline });

    public IStageBuilder OnDemand() => Set(
        _stage.Phase == StagePhase.PostFlow ? null : $"only PostFlow stages can be on demand, and it is a {_stage.Phase} stage. Leave OnDemand() out.",
        _stage with { OnDemand = true });

    public IStageBuilder Before(string stage, bool optional = false) => Order(new OrderConstraint(Before: true, stage, optional));

    public IStageBuilder After(string stage, bool optional = false) => Order(new OrderConstraint(Before: false, stage, optional));

    public IStageBuilder WhenMissed(MissedCallRule rule) => Set(
        Enum.IsDefined(rule) ? null : $"{rule} is not a rule for a missed call. Take Drop or Skip.",
        _stage with { WhenMissed = rule });

    public IStageBuilder RedecidesFlows(bool value = true) => Set(null, _stage with { RedecidesFlows = value });

    public IStageBuilder Parameter(string name, long value) => Set(
        NameRules.ExplainSnakeCase(name) is { } wrong ? $"the parameter '{name}': {wrong}"
            : _stage.Parameters.Any(known => known.Name == name) ? $"the parameter '{name}' is given already. Take another name."
            : null,
        _stage with { Parameters = [.. _stage.Parameters, new StageParameter(name, value)] });

    /// <summary>Checks what depends on calls that may come in any order.</summary>
    public StageDeclaration Finish(ITemplateSource templates)
    {
        if (_stage.Hooks.HasFlag(Hooks.Xdp) && _stage.Phase != StagePhase.PreFlow)
        {
            ThrowIf($"it is a {_stage.Phase} stage on the XDP hook, where there are only PreFlow stages. Declare it as PreFlow, or leave Hooks.Xdp out.", Where);
        }

        if (!templates.Names.Contains(_stage.Template))
        {
            string known = templates.Names.Count == 0 ? "it embeds none" : "it has " + string.Join(", ", templates.Names);
            ThrowIf($"the assembly has no template 'bpf/{_stage.Template}' ({known}). Put the file into the project's bpf/ folder, or name it with Template().", Where);
        }

        return _stage;
    }

    internal static void ThrowIf(string? wrong, string where, string? parameter = null)
    {
        if (wrong is not null)
        {
            throw new DeclarationException($"{where}: {wrong}", parameter);
        }
    }

    private string Where => $"The stage '{Name}'";

    private StageBuilder Order(OrderConstraint constraint) => Set(
        NameRules.ExplainSnakeCase(constraint.Stage) is { } wrong ? $"the other stage '{constraint.Stage}': {wrong}"
            : constraint.Stage == Name ? "it cannot run before or after itself."
            : null,
        _stage with { Constraints = [.. _stage.Constraints, constraint] });

    private StageBuilder Set(string? wrong, StageDeclaration changed)
    {
        plugin.EnsureOpen();
        ThrowIf(wrong, Where);
        _stage = changed;
        return this;
    }
}
