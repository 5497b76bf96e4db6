using Calico.Core.Chain.Declarations;
using Calico.Core.Chain.Planning;
using Calico.Sdk;

namespace Calico.Core.Chain;

/// <summary>Turns what plugins ask for into chains. Pure: the same input gives the same plan, in any order of declaration.</summary>
public static class ChainPlanner
{
    /// <summary>Plans, or lists everything that stands in the way.</summary>
    /// <param name="plugins">In any order.</param>
    /// <param name="record">The record of the generation before; <see cref="ChainRecord.Empty"/> for the first.</param>
    public static PlanResult Plan(IReadOnlyList<PluginDeclaration> plugins, ChainRecord record) => Plan(plugins, record, []);

    /// <summary>
    /// Leaves out plugins until the others can be planned: in each round the one of the first problem, so that a plugin
    /// which is merely in the way of a faulty one stays.
    /// </summary>
    public static QuarantinedPlan PlanWithoutFailing(IReadOnlyList<PluginDeclaration> plugins, ChainRecord record)
    {
        List<PluginDeclaration> left = [.. plugins];
        List<PluginDeclaration> leftOut = [];
        List<QuarantinedPlugin> quarantined = [];
        while (true)
        {
            PlanResult result = Plan(left, record, leftOut);
            if (result.Succeeded)
            {
                return new QuarantinedPlan(result.Plan, quarantined);
            }

            string fault = result.Problems[0].PluginId;
            leftOut.AddRange(left.Where(plugin => plugin.Id == fault));
            left.RemoveAll(plugin => plugin.Id == fault);
            quarantined.Add(new QuarantinedPlugin(
                fault, [.. result.Problems.Where(problem => problem.PluginId == fault).Select(problem => problem.Sentence)]));
        }
    }

    private static PlanResult Plan(IReadOnlyList<PluginDeclaration> plugins, ChainRecord record, IReadOnlyList<PluginDeclaration> quarantined)
    {
        PlanningInput input = new(plugins, record, quarantined);

        // A plugin's own faults come before those between plugins, and these before want of room: quarantine takes the first.
        NameCheck.Run(input);
        FormCheck.Run(input);
        DuplicateCheck.Run(input);
        TypeCheck.Run(input);
        RelationCheck.Run(input);
        ImportCheck.Run(input);
        ConstraintCheck.Run(input);
        PathCheck.Run(input);
        Reservations reservations = new(input);

        return input.Problems.Count > 0
            ? new PlanResult(null, input.Problems)
            : new PlanResult(Build(input, reservations), []);
    }

    private static ChainPlan Build(PlanningInput input, Reservations reservations)
    {
        List<StagePlan> stages = [.. input.Stages.Select(stage => new StagePlan(stage, reservations.Bit(stage)) { Number = reservations.StageNumber(stage) })];
        return new ChainPlan
        {
            Plugins = input.Plugins,
            Stages = stages,
            Hooks = [.. HookNames.All
                .Where(hook => hook != Hooks.Xdp || stages.Any(stage => stage.Hooks.HasFlag(Hooks.Xdp)))
                .Select(hook => BuildHook(hook, stages))],
            FlowFields = reservations.FlowFields,
            PacketFields = reservations.PacketFields,
            DropReasons = reservations.DropReasons,
            TraceNotes = reservations.TraceNotes,
            Record = reservations.Record,
            Reclaimed = reservations.Reclaimed,
        };
    }

    private static HookPlan BuildHook(Hooks hook, IReadOnlyList<StagePlan> stages)
    {
        Dictionary<string, StagePlan> byName = stages.ToDictionary(stage => stage.Name);
        IReadOnlyList<StagePlan> preFlow = Order(StagePhase.PreFlow);
        IReadOnlyList<StagePlan> newFlow = Order(StagePhase.NewFlow);
        IReadOnlyList<StagePlan> postFlow = Order(StagePhase.PostFlow);
        return new HookPlan
        {
            Hook = hook,
            Name = HookNames.Of(hook),
            PreFlow = preFlow,
            NewFlow = newFlow,
            PostFlow = postFlow,
            IPv4 = ProgramLayout.For(IpFamily.IPv4, hook == Hooks.Xdp, preFlow, newFlow, postFlow),
            IPv6 = ProgramLayout.For(IpFamily.IPv6, hook == Hooks.Xdp, preFlow, newFlow, postFlow),
        };

        IReadOnlyList<StagePlan> Order(StagePhase phase) =>
            [.. StageGraph.Of(stages.Select(stage => stage.Declaration), hook, phase).Order().Select(stage => byName[stage.Name])];
    }
}
