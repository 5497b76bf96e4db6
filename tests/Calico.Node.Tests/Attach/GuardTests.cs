using Calico.Core.Attach;
using Calico.Core.Bpf;
using Calico.Core.Configuration;

namespace Calico.Node.Tests.Attach;

public sealed class GuardTests : IDisposable
{
    private readonly GuardedNode _node = new();

    public void Dispose() => _node.Dispose();

    [Theory]
    [InlineData(GuardMode.Netfilter)]
    [InlineData(GuardMode.Nftables)]
    public void What_enters_from_a_workload_without_the_mark_is_dropped_and_counted(GuardMode mode)
    {
        var workload = _node.AddLink("cali1");
        Assert.True(workload.PingsV4() && workload.PingsV6());

        using var guard = _node.Install(_node.Spec(mode, "cali*"));

        Assert.Equal(mode, guard.InForce);
        Assert.False(workload.PingsV4());
        Assert.False(workload.PingsV6());
        var drops = _node.Drops(guard);
        Assert.True(drops.IPv4 is { Packets: >= 1, Bytes: >= 84 }, $"{drops}");
        Assert.True(drops.IPv6 is { Packets: >= 1, Bytes: >= 72 }, $"{drops}");
    }

    [Theory]
    [InlineData(GuardMode.Netfilter)]
    [InlineData(GuardMode.Nftables)]
    public void What_a_chain_has_marked_passes(GuardMode mode)
    {
        var workload = _node.AddLink("cali1");
        workload.MarkEverything();

        using var guard = _node.Install(_node.Spec(mode, "cali*"));

        Assert.True(workload.PingsV4());
        Assert.True(workload.PingsV6());
        Assert.Equal(0ul, _node.Drops(guard).Packets);
    }

    [Theory]
    [InlineData(GuardMode.Netfilter)]
    [InlineData(GuardMode.Nftables)]
    public void Other_interfaces_are_not_touched(GuardMode mode)
    {
        var (uplink, near, exact) = (_node.AddLink("eth0"), _node.AddLink("cal"), _node.AddLink("tap12"));

        using var guard = _node.Install(_node.Spec(mode, "cali*", "tap1"));

        Assert.True(uplink.PingsV4() && uplink.PingsV6());
        Assert.True(near.PingsV4() && near.PingsV6());
        Assert.True(exact.PingsV4() && exact.PingsV6());
    }

    [Theory]
    [InlineData(GuardMode.Netfilter)]
    [InlineData(GuardMode.Nftables)]
    public void An_interface_that_appears_later_is_guarded_from_its_first_packet_on_though_the_agent_is_gone(GuardMode mode)
    {
        _node.InstallAndLeave(_node.Spec(mode, "cali*", "tap1"));

        var workload = _node.AddLink("cali2");
        var exact = _node.AddLink("tap1");

        Assert.False(workload.PingsV4() || workload.PingsV6());
        Assert.False(exact.PingsV4() || exact.PingsV6());
        Assert.Equal(mode, _node.Find());
    }

    [Theory]
    [InlineData(GuardMode.Netfilter)]
    [InlineData(GuardMode.Nftables)]
    public void Removed_it_leaves_nothing(GuardMode mode)
    {
        var workload = _node.AddLink("cali1");
        _node.InstallAndLeave(_node.Spec(mode, "cali*"));

        _node.Remove();

        Assert.Equal(GuardMode.Off, _node.Find());
        Assert.True(workload.PingsV4() && workload.PingsV6());
        Assert.False(Directory.Exists(_node.GuardFolder));
        Assert.Empty(_node.Host.Run("nft", "list", "tables").Output);
    }

    [Theory]
    [InlineData(GuardMode.Netfilter, GuardMode.Netfilter)]
    [InlineData(GuardMode.Netfilter, GuardMode.Nftables)]
    [InlineData(GuardMode.Nftables, GuardMode.Netfilter)]
    [InlineData(GuardMode.Nftables, GuardMode.Nftables)]
    public void The_next_agent_puts_its_guard_in_the_place_of_the_last_ones(GuardMode last, GuardMode next)
    {
        var (dropped, kept) = (_node.AddLink("old1"), _node.AddLink("cali1"));
        _node.InstallAndLeave(_node.Spec(last, "old*", "cali*"));

        using var guard = _node.Install(_node.Spec(next, "cali*"));

        Assert.Equal(next, _node.Find());
        Assert.True(dropped.PingsV4() && dropped.PingsV6());
        Assert.False(kept.PingsV4() || kept.PingsV6());
    }

    [Theory]
    [InlineData(GuardMode.Netfilter)]
    [InlineData(GuardMode.Nftables)]
    public void While_it_is_replaced_again_and_again_no_packet_slips_through(GuardMode mode)
    {
        var workload = _node.AddLink("cali1");
        _node.InstallAndLeave(_node.Spec(mode, "cali*"));
        ulong before = Received();

        var flood = Task.Run(() => _node.Neighbour.TryRun("ping", "-n", "-q", "-f", "-c", "20000", "-w", "4", workload.HostV4));
        while (!flood.IsCompleted)
        {
            _node.InstallAndLeave(_node.Spec(mode, "cali*"));
        }

        using var guard = _node.Install(_node.Spec(mode, "cali*"));
        Assert.True(_node.Drops(guard).IPv4.Packets > 100);
        Assert.Equal(before, Received());
    }

    [Theory]
    [InlineData("link_v4")]
    [InlineData("link_v6")]
    public void What_an_agent_left_that_died_while_it_replaced_the_guard_is_taken_over(string halfDone)
    {
        var (dropped, kept) = (_node.AddLink("old1"), _node.AddLink("cali1"));
        _node.InstallAndLeave(_node.Spec(GuardMode.Netfilter, "old*"));
        string pin = Path.Combine(_node.GuardFolder, halfDone);
        File.Move(pin, pin + "_next", overwrite: true);

        _node.InstallAndLeave(_node.Spec(GuardMode.Netfilter, "cali*"));

        Assert.Equal(3, Directory.GetFiles(_node.GuardFolder).Length);
        Assert.True(dropped.PingsV4() && dropped.PingsV6());
        Assert.False(kept.PingsV4() || kept.PingsV6());
    }

    [Fact]
    public void Without_netfilter_links_auto_falls_back_to_nftables_and_says_why()
    {
        using var guard = _node.Install(_node.Spec(GuardMode.Auto, "cali*"), disabled: KernelFeature.NetfilterLink);

        Assert.Equal(GuardMode.Nftables, guard.InForce);
        Assert.Contains("no netfilter links", guard.Reason, StringComparison.Ordinal);
        var refused = Assert.Throws<GuardException>(() => _node.Install(_node.Spec(GuardMode.Netfilter, "cali*"), disabled: KernelFeature.NetfilterLink));
        Assert.Contains("Set guard to nftables", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Patterns_with_stars_and_question_marks_inside_are_matched_as_the_configuration_matches_them()
    {
        string[] patterns = ["w*x?b*c", "v??h"];
        GuardedLink[] links = [.. ((string[])["wxabc", "wxaxbbc", "wxbc", "xwxabc", "veth", "veths", "v1"]).Select(_node.AddLink)];
        using var guard = _node.Install(_node.Spec(GuardMode.Netfilter, patterns));

        foreach (var link in links)
        {
            Assert.Equal((link.Name, !patterns.Any(pattern => new InterfacePattern(pattern).Matches(link.Name))), (link.Name, link.PingsV4()));
        }
    }

    [Fact]
    public void A_pattern_that_nftables_cannot_match_is_refused_by_name()
    {
        var refused = Assert.Throws<GuardException>(() => _node.Install(_node.Spec(GuardMode.Nftables, "v*x")));

        Assert.Contains("'v*x'", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Off_takes_what_an_earlier_configuration_had_out_of_force()
    {
        _node.InstallAndLeave(_node.Spec(GuardMode.Auto, "cali*"));

        using var guard = _node.Install(_node.Spec(GuardMode.Off, "cali*"));

        Assert.Equal("off", guard.Mode);
        Assert.Equal(GuardMode.Off, _node.Find());
    }

    // Echo requests that reached the host's stack.
    private ulong Received()
    {
        string[][] icmp = [.. _node.Host.Run("cat", "/proc/net/snmp").Output.Split('\n').Where(line => line.StartsWith("Icmp:", StringComparison.Ordinal)).Select(line => line.Split(' '))];
        return ulong.Parse(icmp[1][Array.IndexOf(icmp[0], "InEchos")], System.Globalization.CultureInfo.InvariantCulture);
    }
}
