using Calico.Core.Chain.Declarations;
using Calico.Sdk;

namespace Calico.Core.Chain.Planning;

/// <summary>Which forms a stage can have in which phase and on which hook.</summary>
internal static class FormCheck
{
    private const Hooks AllHooks = Hooks.Tc | Hooks.Xdp;

    public static void Run(PlanningInput input)
    {
        foreach (StageDeclaration stage in input.Plugins.SelectMany(plugin => plugin.Stages))
        {
            foreach (string fault in Faults(stage))
            {
                input.Report(stage.PluginId, $"Stage '{stage.Name}' of plugin '{stage.PluginId}' {fault}");
            }
        }
    }

    private static IEnumerable<string> Faults(StageDeclaration stage)
    {
        if (!Enum.IsDefined(stage.Phase) || !Enum.IsDefined(stage.Form) || !Enum.IsDefined(stage.WhenMissed))
        {
            yield return $"has a phase ({stage.Phase}), a form ({stage.Form}) or a rule for missed calls ({stage.WhenMissed}) that this Core does not know. Use one of the names that Calico.Sdk defines.";
        }

        if (stage.Hooks == Hooks.None || (stage.Hooks & ~AllHooks) != 0)
        {
            yield return $"is on hooks '{stage.Hooks}': name at least one of {AllHooks}, and no other.";
        }

        if (stage.Phase != StagePhase.PreFlow && stage.Hooks.HasFlag(Hooks.Xdp))
        {
            yield return $"is a {stage.Phase} stage on XDP, where flows are not known yet: only PreFlow stages can be there. Leave Hooks.Xdp out, or make it a PreFlow stage.";
        }

        if (stage.Phase != StagePhase.PostFlow && stage.Form == StageForm.Inline)
        {
            yield return $"is an inline {stage.Phase} stage: only PostFlow stages can be inline, because they are rendered into the flow-lookup program. Remove Inline(), or make it a PostFlow stage.";
        }

        if (stage.Phase != StagePhase.PostFlow && stage.OnDemand)
        {
            yield return $"is an on-demand {stage.Phase} stage: only PostFlow stages can be on demand, because a flow subscribes in its NewFlow stages. Remove OnDemand(), or make it a PostFlow stage.";
        }
    }
}
