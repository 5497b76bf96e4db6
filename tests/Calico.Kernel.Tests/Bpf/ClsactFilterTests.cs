using Calico.Core.Bpf;
using Calico.Kernel.Tests.Support;

namespace Calico.Kernel.Tests.Bpf;

public class ClsactFilterTests
{
    private static BpfProgram Verdict(string name, int verdict) => BpfProgram.LoadInstructions(name, ProgramType.SchedCls, Instructions.Return(verdict));

    [Theory]
    [InlineData(TcDirection.Ingress)]
    [InlineData(TcDirection.Egress)]
    public void A_filter_is_attached_replaced_in_place_and_detached(TcDirection direction) => PrivateNetwork.Run(() =>
    {
        (int first, _) = PrivateNetwork.AddVethPair("first", "second");
        using BpfProgram old = Verdict("old", -1);
        using BpfProgram replacement = Verdict("replacement", 0);
        ClsactFilter filter = new(first, direction, Priority: 100, Handle: 7);

        Assert.Null(filter.Query());
        Assert.False(filter.Detach());
        filter.Attach(old);
        Assert.Equal(old.Info().Id, filter.Query());
        filter.Attach(replacement);
        Assert.Equal(replacement.Info().Id, filter.Query());
        Assert.DoesNotContain("old", Shell.Run($"tc filter show dev first {direction.ToString().ToLowerInvariant()}"));
        Assert.True(filter.Detach());
        Assert.Null(filter.Query());
        Assert.False(filter.Detach());
    });

    [Fact]
    public void Other_peoples_filters_stay_when_ours_come_change_and_go() => PrivateNetwork.Run(() =>
    {
        using PrivateBpffs bpffs = new();
        (int first, _) = PrivateNetwork.AddVethPair("first", "second");
        using BpfProgram foreign = Verdict("foreign", -1);
        using BpfProgram ours = Verdict("ours", 0);
        foreign.Pin(bpffs.Path("foreign"));
        Shell.Run("tc qdisc add dev first clsact");
        // One beside ours at the same priority, one at another, one in the other direction.
        Shell.Run($"tc filter add dev first ingress pref 100 handle 9 bpf direct-action object-pinned {bpffs.Path("foreign")}");
        Shell.Run($"tc filter add dev first ingress pref 50 bpf direct-action object-pinned {bpffs.Path("foreign")}");
        Shell.Run($"tc filter add dev first egress pref 100 bpf direct-action object-pinned {bpffs.Path("foreign")}");
        string before = Filters();
        ClsactFilter filter = new(first, TcDirection.Ingress, 100, Handle: 1);

        filter.Attach(ours);
        filter.Attach(ours);
        Assert.Contains("ours", Filters());
        Assert.True(filter.Detach());

        Assert.Equal(before, Filters());
        Assert.Equal(foreign.Info().Id, new ClsactFilter(first, TcDirection.Ingress, 100, Handle: 9).Query());

        static string Filters() => Shell.Run("tc filter show dev first ingress") + Shell.Run("tc filter show dev first egress");
    });

    [Fact]
    public void A_priority_that_holds_filters_of_another_kind_is_refused_and_left_alone() => PrivateNetwork.Run(() =>
    {
        (int first, _) = PrivateNetwork.AddVethPair("first", "second");
        Shell.Run("tc qdisc add dev first clsact");
        Shell.Run("tc filter add dev first ingress pref 100 protocol all u32 match u32 0 0 flowid 1:1");
        using BpfProgram ours = Verdict("ours", 0);
        ClsactFilter filter = new(first, TcDirection.Ingress, 100);

        BpfException refused = Assert.Throws<BpfException>(() => filter.Attach(ours));

        Assert.Equal($"clsact Ingress of interface {first}, priority 100, handle 1", refused.Subject);
        Assert.Null(filter.Query());
        Assert.False(filter.Detach());
        Assert.Contains("u32", Shell.Run("tc filter show dev first ingress"));
    });

    [Theory]
    [InlineData(0, 1u)]
    [InlineData(1, 0u)]
    public void A_filter_that_could_not_be_found_again_is_not_made(ushort priority, uint handle)
    {
        using BpfProgram ours = Verdict("ours", 0);

        Assert.Throws<InvalidOperationException>(() => new ClsactFilter(1, TcDirection.Ingress, priority, handle).Attach(ours));
    }

    [Fact]
    public void An_interface_that_does_not_exist_is_named()
    {
        using BpfProgram ours = Verdict("ours", 0);

        Assert.Contains("interface 2000000000", Assert.Throws<BpfException>(() => new ClsactFilter(2_000_000_000, TcDirection.Ingress, 1).Attach(ours)).Message);
        Assert.Null(new ClsactFilter(2_000_000_000, TcDirection.Ingress, 1).Query());
    }

    [Fact]
    public void TCX_and_clsact_live_side_by_side() => PrivateNetwork.Run(() =>
    {
        (int first, _) = PrivateNetwork.AddVethPair("first", "second");
        using BpfProgram next = Verdict("next", -1);
        ClsactFilter filter = new(first, TcDirection.Ingress, 1);

        filter.Attach(next);
        using BpfLink link = BpfLink.AttachTcx(next, first, TcDirection.Ingress);

        Assert.Equal(next.Info().Id, filter.Query());
        Assert.Equal(next.Info().Id, link.Info().ProgramId);
    });
}
