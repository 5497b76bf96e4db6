using Calico.Core.Chain;
using Calico.Core.Chain.Declarations;
using Calico.Sdk;
using static Calico.Core.Tests.Chain.Declare;

namespace Calico.Core.Tests.Chain;

public sealed class StageOrderTests
{
    private static string[] NewFlow(params StageDeclaration[] stages) =>
        Plan(Plugin("p", stages)).Hook(Hooks.WorkloadIngress)!.NewFlow.Names();

    [Fact]
    public void Ties_break_by_stage_name() =>
        Assert.Equal(["a", "b", "c"], NewFlow(Stage("c"), Stage("a"), Stage("b")));

    [Fact]
    public void Before_and_after_win_over_the_name() =>
        Assert.Equal(["c", "a", "b"], NewFlow(Stage("a").After("c"), Stage("b"), Stage("c").Before("b")));

    [Fact]
    public void A_constraint_holds_between_plugins()
    {
        ChainPlan plan = Plan(Plugin("nat", Stage("nat").After("policy")), Plugin("policy", Stage("policy")));

        Assert.Equal(["policy", "nat"], plan.Hook(Hooks.WorkloadIngress)!.NewFlow.Names());
    }

    [Fact]
    public void An_optional_constraint_on_a_stage_that_is_not_installed_is_ignored() =>
        Assert.Equal(["a"], NewFlow(Stage("a").After("absent", optional: true)));

    [Fact]
    public void An_optional_constraint_on_a_stage_of_another_phase_is_ignored()
    {
        ChainPlan plan = Plan(Plugin("p", Stage("policy"), Stage("limit", StagePhase.PostFlow).After("policy", optional: true)));

        Assert.Equal(["limit"], plan.Hook(Hooks.WorkloadIngress)!.PostFlow.Names());
    }

    [Fact]
    public void A_constraint_on_a_stage_of_another_hook_says_nothing_here()
    {
        ChainPlan plan = Plan(Plugin("p",
            Stage("a", hooks: Hooks.WorkloadIngress | Hooks.HostIngress).After("b"),
            Stage("b", hooks: Hooks.HostIngress)));

        Assert.Equal(["a"], plan.Hook(Hooks.WorkloadIngress)!.NewFlow.Names());
        Assert.Equal(["b", "a"], plan.Hook(Hooks.HostIngress)!.NewFlow.Names());
    }

    [Fact]
    public void Inline_stages_run_before_tail_called_ones()
    {
        ChainPlan plan = Plan(Plugin("p", Stage("a", StagePhase.PostFlow), Stage("b", StagePhase.PostFlow).Inline()));

        HookPlan hook = plan.Hook(Hooks.WorkloadIngress)!;
        Assert.Equal(["b", "a"], hook.PostFlow.Names());
        Assert.Equal(["b"], hook.InlineStages.Names());
    }

    [Fact]
    public void Every_TC_hook_has_a_chain_and_XDP_only_where_a_stage_asks_for_it()
    {
        Assert.Equal(
            [Hooks.WorkloadIngress, Hooks.WorkloadEgress, Hooks.HostIngress, Hooks.HostEgress, Hooks.TunnelIngress],
            Plan().Hooks.Select(hook => hook.Hook));
        Assert.Equal(["screen"], Plan(Plugin("p", Stage("screen", StagePhase.PreFlow, Hooks.Xdp))).Hook(Hooks.Xdp)!.PreFlow.Names());
    }
}
