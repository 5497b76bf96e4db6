using Calico.Core.Chain;
using Calico.Core.Chain.Declarations;
using Calico.Sdk;
using static Calico.Core.Tests.Chain.Declare;

namespace Calico.Core.Tests.Chain;

public sealed class QuarantineTests
{
    private static (string[] Kept, QuarantinedPlan Result) Run(params PluginDeclaration[] plugins)
    {
        QuarantinedPlan result = ChainPlanner.PlanWithoutFailing(plugins, ChainRecord.Empty);
        return ([.. result.Plan.Plugins.Select(plugin => plugin.Id)], result);
    }

    [Fact]
    public void A_faultless_set_is_planned_whole()
    {
        (string[] kept, QuarantinedPlan result) = Run(Plugin("q"), Plugin("p"));

        Assert.Equal(["p", "q"], kept);
        Assert.Empty(result.Quarantined);
    }

    [Fact]
    public void A_plugin_at_fault_is_left_out_with_all_its_reasons_and_the_others_are_planned()
    {
        (string[] kept, QuarantinedPlan result) = Run(Plugin("bad", Stage("x").Inline(), Stage("Y")), Plugin("good", Stage("a")));

        Assert.Equal(["good"], kept);
        QuarantinedPlugin bad = Assert.Single(result.Quarantined);
        Assert.Equal("bad", bad.PluginId);
        Assert.Equal(2, bad.Reasons.Count);
    }

    [Fact]
    public void A_plugin_that_only_conflicts_with_a_faulty_one_stays()
    {
        (string[] kept, _) = Run(Plugin("good") with { Conflicts = ["bad"] }, Plugin("bad", Stage("Y")));

        Assert.Equal(["good"], kept);
    }

    [Fact]
    public void What_cannot_work_without_a_quarantined_plugin_follows_it_and_says_so()
    {
        (string[] kept, QuarantinedPlan result) = Run(
            Plugin("bad", Stage("Y"), Stage("policy")),
            Plugin("needs-plugin") with { Requires = ["bad"] },
            Plugin("needs-stage", Stage("a").After("policy")),
            Plugin("free", Stage("b").After("policy", optional: true)));

        Assert.Equal(["free"], kept);
        Assert.Equal(["bad", "needs-plugin", "needs-stage"], result.Quarantined.Select(plugin => plugin.PluginId));
        Assert.Contains("requires the plugin 'bad', which is quarantined", Assert.Single(result.Quarantined[1].Reasons), StringComparison.Ordinal);
        Assert.Contains("whose plugin 'bad' is quarantined", Assert.Single(result.Quarantined[2].Reasons), StringComparison.Ordinal);
    }

    [Fact]
    public void Two_plugins_with_one_id_are_both_left_out()
    {
        (string[] kept, _) = Run(Plugin("p", Stage("a")), Plugin("p", Stage("b")), Plugin("q"));

        Assert.Equal(["q"], kept);
    }

    [Fact]
    public void One_plugin_of_a_cycle_is_left_out()
    {
        (string[] kept, QuarantinedPlan result) = Run(
            Plugin("p", Stage("a").Before("b", optional: true)), Plugin("q", Stage("b").Before("a", optional: true)));

        Assert.Equal(["p"], kept);
        Assert.Equal(["a"], result.Plan.Hook(Hooks.WorkloadIngress)!.NewFlow.Names());
    }
}
