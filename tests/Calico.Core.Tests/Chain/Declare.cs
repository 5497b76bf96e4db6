using System.Runtime.CompilerServices;
using Calico.Core.Chain;
using Calico.Core.Chain.Declarations;
using Calico.Sdk;

namespace Calico.Core.Tests.Chain;

/// <summary>Short ways to say what a plugin declares.</summary>
internal static class Declare
{
    public static PluginDeclaration Plugin(string id, params StageDeclaration[] stages) =>
        new(id) { Stages = [.. stages.Select(stage => stage with { PluginId = id })] };

    public static StageDeclaration Stage(string name, StagePhase phase = StagePhase.NewFlow, Hooks hooks = Hooks.WorkloadIngress) =>
        new("", name, phase) { Hooks = hooks };

    public static StageDeclaration Before(this StageDeclaration stage, string other, bool optional = false) =>
        stage with { Constraints = [.. stage.Constraints, new OrderConstraint(true, other, optional)] };

    public static StageDeclaration After(this StageDeclaration stage, string other, bool optional = false) =>
        stage with { Constraints = [.. stage.Constraints, new OrderConstraint(false, other, optional)] };

    public static StageDeclaration Inline(this StageDeclaration stage) => stage with { Form = StageForm.Inline };

    public static StageDeclaration OnDemand(this StageDeclaration stage) => stage with { OnDemand = true };

    public static FieldDeclaration Field<T>(string plugin, string name) => new(plugin, name, typeof(T), Unsafe.SizeOf<T>());

    public static ChainPlan Plan(params PluginDeclaration[] plugins) => PlanFrom(ChainRecord.Empty, plugins);

    public static ChainPlan PlanFrom(ChainRecord record, params PluginDeclaration[] plugins)
    {
        PlanResult result = ChainPlanner.Plan(plugins, record);
        Assert.Empty(result.Problems);
        return result.Plan!;
    }

    /// <summary>The one problem of a plan that must fail.</summary>
    public static PlanProblem Problem(params PluginDeclaration[] plugins)
    {
        PlanResult result = ChainPlanner.Plan(plugins, ChainRecord.Empty);
        Assert.False(result.Succeeded);
        return Assert.Single(result.Problems);
    }

    public static string[] Names(this IEnumerable<StagePlan> stages) => [.. stages.Select(stage => stage.Name)];
}
