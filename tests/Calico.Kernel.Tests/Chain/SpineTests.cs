using Calico.Harness.Chains;
using Calico.Sdk;

namespace Calico.Kernel.Tests.Chain;

public sealed class SpineTests(SpineHarness spine) : IClassFixture<SpineHarness>
{
    [Fact]
    public void The_spine_alone_compiles_and_passes_the_verifier_on_every_TC_hook()
    {
        var generation = spine.Fresh().Generation;

        Assert.Equal(5, generation.Hooks.Count);
        Assert.All(generation.Hooks.Values, hook => Assert.Equal(hook.Plan.SlotCount, hook.Programs.Count));
        Assert.DoesNotContain(Hooks.Xdp, generation.Hooks.Keys);
    }

    [Fact]
    public void It_does_so_in_the_instruction_set_of_the_oldest_kernel_that_is_supported()
    {
        using ChainHarness chain = new(new ChainHarnessOptions { Cpu = "v3" });

        chain.Connect(v6: false);
        chain.Connect(v6: true);

        Assert.All(chain.Flows.All, flow => Assert.Equal(FlowState.Established, flow.State));
    }

    [Fact]
    public void The_spine_passes_the_verifier_with_workload_traffic_sent_by_way_of_the_hosts_stack()
    {
        using ChainHarness chain = new(new ChainHarnessOptions { Settings = new ChainHarnessOptions().Settings with { HostRouting = true } });

        var sent = chain.FromA(chain.Syn(v6: false));

        Assert.True(sent.Continues);
        Assert.Equal(chain.Settings.MarkSeen | chain.Settings.MarkJudged, sent.Mark);
        Assert.True(chain.Send(Hooks.WorkloadEgress, chain.Node.B, chain.Syn(v6: false), mark: sent.Mark).Continues);
        Assert.Single(chain.Flows.All);
    }
}
