using Calico.Core.Chain;
using Calico.Sdk;
using static Calico.Core.Tests.Chain.Declare;

namespace Calico.Core.Tests.Chain;

public sealed class ConstraintTests
{
    [Fact]
    public void A_cycle_is_refused_with_the_names_of_its_stages_plugins_and_constraints()
    {
        PlanProblem problem = Problem(
            Plugin("p", Stage("a").Before("b")),
            Plugin("q", Stage("b").Before("c")),
            Plugin("r", Stage("c"), Stage("d").After("c"), Stage("a2").After("a")),
            Plugin("s", Stage("e").After("c").Before("a")));

        Assert.Contains("NewFlow stages a → b → c → e → a on WorkloadIngress form a cycle", problem.Sentence, StringComparison.Ordinal);
        Assert.Contains("'a' of plugin 'p' asks to run before 'b'", problem.Sentence, StringComparison.Ordinal);
        Assert.Contains("'e' of plugin 's' asks to run after 'c'", problem.Sentence, StringComparison.Ordinal);
        Assert.Equal("s", problem.PluginId);
    }

    [Fact]
    public void A_cycle_on_several_hooks_is_one_problem()
    {
        PlanProblem problem = Problem(Plugin("p", Stage("a", hooks: Hooks.Egress).Before("b"), Stage("b", hooks: Hooks.Egress).Before("a")));

        Assert.Contains("a → b → a on WorkloadEgress, HostEgress form", problem.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_separate_cycles_are_two_problems()
    {
        PlanResult result = ChainPlanner.Plan(
            [Plugin("p", Stage("a").Before("b"), Stage("b").Before("a")), Plugin("q", Stage("x").Before("y"), Stage("y").Before("x"))],
            ChainRecord.Empty);

        Assert.Equal(["p", "q"], result.Problems.Select(problem => problem.PluginId));
    }

    [Fact]
    public void A_stage_that_names_itself_is_a_cycle() =>
        Assert.Contains("a → a", Problem(Plugin("p", Stage("a").After("a"))).Sentence, StringComparison.Ordinal);

    [Fact]
    public void Constraints_that_meet_on_no_hook_are_no_cycle() =>
        Plan(Plugin("p", Stage("a").Before("b"), Stage("b", hooks: Hooks.HostIngress).Before("a")));

    [Fact]
    public void Of_a_cycle_the_plugin_that_is_new_is_at_fault()
    {
        ChainRecord record = Plan(Plugin("z-old", Stage("a").Before("b", optional: true))).Record;

        PlanResult result = ChainPlanner.Plan(
            [Plugin("z-old", Stage("a").Before("b", optional: true)), Plugin("new", Stage("b").Before("a"))], record);

        Assert.Equal("new", Assert.Single(result.Problems).PluginId);
    }

    [Fact]
    public void An_unknown_name_is_refused_and_near_names_are_suggested()
    {
        PlanProblem problem = Problem(Plugin("p", Stage("limit").After("polcy")), Plugin("q", Stage("policy")));

        Assert.Equal("p", problem.PluginId);
        Assert.Contains("'limit' of plugin 'p' asks to run after 'polcy'", problem.Sentence, StringComparison.Ordinal);
        Assert.Contains("did you mean 'policy'?", problem.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_of_another_phase_is_refused_with_both_phases()
    {
        PlanProblem problem = Problem(Plugin("p", Stage("limit", StagePhase.PostFlow).After("policy")), Plugin("q", Stage("policy")));

        Assert.Contains("(of plugin 'q') is in phase NewFlow and 'limit' in phase PostFlow", problem.Sentence, StringComparison.Ordinal);
        Assert.Contains("already gives what it asks for. Remove the constraint", problem.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_of_another_phase_in_the_wrong_direction_is_refused_as_impossible() =>
        Assert.Contains(
            "is the opposite",
            Problem(Plugin("p", Stage("limit", StagePhase.PostFlow).Before("policy"), Stage("policy"))).Sentence,
            StringComparison.Ordinal);

    [Fact]
    public void A_constraint_on_a_spine_program_is_refused() =>
        Assert.Contains("the spine's own programs", Problem(Plugin("p", Stage("a").Before("commit"))).Sentence, StringComparison.Ordinal);

    [Fact]
    public void An_inline_stage_cannot_run_after_a_tail_called_one()
    {
        PlanProblem problem = Problem(Plugin("p",
            Stage("a", StagePhase.PostFlow, Hooks.Tc),
            Stage("b", StagePhase.PostFlow, Hooks.Tc).Inline().After("a")));

        Assert.Contains("'b' is inline and 'a' is tail-called", problem.Sentence, StringComparison.Ordinal);
    }
}
