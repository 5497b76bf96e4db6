using Calico.Core.Bpf;

namespace Calico.Kernel.Tests.Bpf;

public class KernelFeaturesTests
{
    private static readonly Version _kernel = Version.Parse(Environment.OSVersion.Version.ToString(2));

    [Fact]
    public void A_kernel_that_is_new_enough_has_every_feature()
    {
        KernelFeatures features = new();

        // Older kernels may lack them; a newer one that seems to is a probe that does not work.
        Assert.True(features.XdpLink);
        Assert.True(features.NetfilterLink || _kernel < new Version(6, 4));
        Assert.True(features.Tcx || _kernel < new Version(6, 6));
        Assert.True(features.InstructionSetV4 || _kernel < new Version(6, 6));
    }

    [Fact]
    public void Probing_leaves_nothing_on_the_machines_own_loopback()
    {
        Assert.True(new KernelFeatures().XdpLink);

        string links = Support.Shell.Run("bpftool net show dev lo");
        Assert.DoesNotContain("probe_link", links);
    }

    [Fact]
    public void A_feature_can_be_counted_as_absent()
    {
        KernelFeatures features = new(KernelFeature.Tcx | KernelFeature.InstructionSetV4);

        Assert.False(features.Tcx);
        Assert.False(features.InstructionSetV4);
        Assert.True(features.XdpLink);
    }

    [Fact]
    public void The_tick_rate_is_the_measured_one() => Assert.Equal(KernelFeatures.MeasuredHz(), new KernelFeatures().JiffiesPerSecond);

    [Fact]
    public void The_kernels_clocks_go_forward()
    {
        using KernelClock clock = new();

        KernelTime before = clock.Now();
        KernelTime after = clock.Now();

        Assert.True(after.Nanoseconds > before.Nanoseconds);
        Assert.True(after.Jiffies >= before.Jiffies);
    }

    [Fact]
    public void There_is_a_possible_CPU_for_every_one_in_use() => Assert.InRange(KernelFeatures.PossibleCpuCount, Environment.ProcessorCount, 65536);
}
