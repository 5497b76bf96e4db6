using Calico.Core.Chain;
using Calico.Core.Chain.Declarations;
using Calico.Sdk;
using static Calico.Core.Tests.Chain.Declare;

namespace Calico.Core.Tests.Chain;

public sealed class ProgramLayoutTests
{
    private static string[] Path(IEnumerable<Successor> successors) =>
        [.. successors.Select(successor => successor.Bit is { } bit ? $"{successor.Name}?{bit}" : successor.Name)];

    private static FamilyPlan IPv4(params StageDeclaration[] stages) => Plan(Plugin("p", stages)).Hook(Hooks.WorkloadIngress)!.IPv4;

    [Fact]
    public void Without_stages_there_is_only_the_spine()
    {
        FamilyPlan family = IPv4();

        Assert.Equal(["flow_v4", "commit_v4", "forward_v4", "drop_v4"], family.Programs.Select(program => program.Name));
        Assert.Same(family.Flow, family.First);
        Assert.Null(family.Parse);
        Assert.Equal(["forward_v4"], Path(family.Flow!.Successors));
        Assert.Equal(["commit_v4"], Path(family.Flow!.NewFlowSuccessors));
        Assert.Equal(["forward_v4"], Path(family.Commit!.Successors));
        Assert.All(family.Programs, program => Assert.Equal("core", program.Owner));
    }

    [Fact]
    public void Slots_count_along_the_longest_path_and_IPv6_follows_IPv4()
    {
        HookPlan hook = Plan(Plugin("p",
            Stage("pre", StagePhase.PreFlow), Stage("new"), Stage("post", StagePhase.PostFlow), Stage("in", StagePhase.PostFlow).Inline()))
            .Hook(Hooks.WorkloadIngress)!;

        Assert.Equal(
            ["parse_v4", "pre_v4", "flow_v4", "new_v4", "commit_v4", "post_v4", "forward_v4", "drop_v4",
             "parse_v6", "pre_v6", "flow_v6", "new_v6", "commit_v6", "post_v6", "forward_v6", "drop_v6"],
            hook.Programs.Select(program => program.Name));
        Assert.Equal(Enumerable.Range(0, 16), hook.Programs.Select(program => program.Slot));
        Assert.Equal(16, hook.SlotCount);
        Assert.Equal(8, hook.LongestPath);
    }

    [Fact]
    public void PreFlow_stages_stand_between_parse_and_flow()
    {
        FamilyPlan family = IPv4(Stage("a", StagePhase.PreFlow), Stage("b", StagePhase.PreFlow));

        Assert.Same(family.Parse, family.First);
        Assert.Equal(["a_v4"], Path(family.Parse!.Successors));
        Assert.Equal(["b_v4"], Path(family.Programs[1].Successors));
        Assert.Equal(["flow_v4"], Path(family.Programs[2].Successors));
    }

    [Fact]
    public void NewFlow_stages_stand_between_a_miss_and_commit()
    {
        FamilyPlan family = IPv4(Stage("a"), Stage("b"));

        Assert.Equal(["a_v4"], Path(family.Flow!.NewFlowSuccessors));
        Assert.Equal(["forward_v4"], Path(family.Flow!.Successors));
        Assert.Equal(["commit_v4"], Path(family.Programs[2].Successors));
    }

    [Fact]
    public void On_demand_stages_are_tested_up_to_the_next_that_every_packet_takes()
    {
        FamilyPlan family = IPv4(
            Stage("a", StagePhase.PostFlow).OnDemand(), Stage("b", StagePhase.PostFlow).OnDemand(),
            Stage("c", StagePhase.PostFlow), Stage("d", StagePhase.PostFlow).OnDemand());

        Assert.Equal(["a_v4?0", "b_v4?1", "c_v4"], Path(family.Flow!.Successors));
        Assert.Equal(["a_v4?0", "b_v4?1", "c_v4"], Path(family.Commit!.Successors));
        Assert.Equal(["b_v4?1", "c_v4"], Path(family.Programs[2].Successors));
        Assert.Equal(["d_v4?2", "forward_v4"], Path(family.Programs[4].Successors));
        Assert.Equal(["forward_v4"], Path(family.Programs[5].Successors));
    }

    [Fact]
    public void Behind_a_stage_that_may_be_skipped_the_list_goes_on()
    {
        FamilyPlan family = IPv4(Stage("a") with { WhenMissed = MissedCallRule.Skip }, Stage("b"));

        Assert.Equal(["a_v4", "b_v4"], Path(family.Flow!.NewFlowSuccessors));
        Assert.Equal([true, false], family.Flow!.NewFlowSuccessors.Select(successor => successor.Skips));
    }

    [Fact]
    public void An_inline_stage_has_no_program_and_may_have_a_bit()
    {
        ChainPlan plan = Plan(Plugin("p", Stage("a", StagePhase.PostFlow).Inline().OnDemand()));

        HookPlan hook = plan.Hook(Hooks.WorkloadIngress)!;
        Assert.DoesNotContain(hook.Programs, program => program.Role == ProgramRole.Stage);
        Assert.Equal(0, Assert.Single(hook.InlineStages).Bit);
    }

    [Fact]
    public void XDP_has_neither_flow_nor_commit()
    {
        FamilyPlan family = Plan(Plugin("p", Stage("a", StagePhase.PreFlow, Hooks.Xdp))).Hook(Hooks.Xdp)!.IPv4;

        Assert.Equal(["parse_v4", "a_v4", "forward_v4", "drop_v4"], family.Programs.Select(program => program.Name));
        Assert.Equal(["forward_v4"], Path(family.Programs[1].Successors));
        Assert.Null(family.Flow);
    }

    [Fact]
    public void A_path_of_32_tail_calls_is_planned()
    {
        // 28 stages, flow, commit, forward and drop.
        StageDeclaration[] stages = [.. Enumerable.Range(0, 28).Select(i => Stage($"s{i:00}"))];

        Assert.Equal(ChainLimits.TailCalls, Plan(Plugin("p", stages)).Hook(Hooks.WorkloadIngress)!.LongestPath);
    }

    [Theory]
    [InlineData(StagePhase.NewFlow, 29, 33)]
    [InlineData(StagePhase.PostFlow, 29, 33)]
    [InlineData(StagePhase.PreFlow, 28, 33)]
    public void A_path_of_33_tail_calls_is_refused_with_the_plugins_that_make_it_long(StagePhase phase, int count, int calls)
    {
        StageDeclaration[] stages = [.. Enumerable.Range(0, count - 1).Select(i => Stage($"s{i:00}", phase))];

        PlanProblem problem = Problem(Plugin("long", stages), Plugin("short", Stage("z", phase)));

        Assert.Equal("long", problem.PluginId);
        Assert.Contains($"on WorkloadIngress has {calls} tail calls, and at most 32 are possible", problem.Sentence, StringComparison.Ordinal);
        Assert.Contains($"'long' ({count - 1}), 'short' (1)", problem.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Inline_stages_do_not_count_against_the_limit() =>
        Plan(Plugin("p", [.. Enumerable.Range(0, 40).Select(i => Stage($"s{i:00}", StagePhase.PostFlow).Inline())]));
}
