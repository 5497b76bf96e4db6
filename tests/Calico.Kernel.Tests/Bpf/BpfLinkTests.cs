using Calico.Core.Bpf;
using Calico.Core.Maps;
using Calico.Kernel.Tests.Support;

namespace Calico.Kernel.Tests.Bpf;

public class BpfLinkTests
{
    private static BpfProgram Verdict(string name, int verdict) => BpfProgram.LoadInstructions(name, ProgramType.SchedCls, Instructions.Return(verdict));

    [Fact]
    public void A_tcx_link_is_attached_updated_pinned_and_adopted() => PrivateNetwork.Run(() =>
    {
        using PrivateBpffs bpffs = new();
        (int first, _) = PrivateNetwork.AddVethPair("first", "second");
        using BpfProgram pass = Verdict("pass", -1);
        using BpfProgram drop = Verdict("drop", 2);

        using (BpfLink link = BpfLink.AttachTcx(pass, first, TcDirection.Egress))
        {
            Assert.Equal(new LinkInfo(link.Info().Id, LinkType.Tcx, pass.Info().Id, first, 47), link.Info());
            link.Update(drop);
            link.Pin(bpffs.Path("link"));
        }

        using BpfLink adopted = BpfLink.OpenPinned(bpffs.Path("link"));
        Assert.Equal(drop.Info().Id, adopted.Info().ProgramId);
        Assert.Equal(TcDirection.Egress, adopted.Info().Direction);

        adopted.Detach();
        Assert.Equal(0, adopted.Info().Ifindex);
    });

    [Fact]
    public void Packets_meet_the_program_of_a_tcx_link() => PrivateNetwork.Run(() =>
    {
        (int first, int second) = PrivateNetwork.AddVethPair("first", "second");
        using LoadedObject loaded = BpfObject.Load("counter", CompiledC.Compile(
            """
            struct { __uint(type, BPF_MAP_TYPE_ARRAY); __type(key, __u32); __type(value, __u64); __uint(max_entries, 1); } seen SEC(".maps");
            SEC("tc") int count(struct __sk_buff *skb)
            {
            	__u32 zero = 0;
            	__u64 *count = bpf_map_lookup_elem(&seen, &zero);
            	if (count)
            		__sync_fetch_and_add(count, 1);
            	return -1;
            }
            """), new Dictionary<string, BpfMap>());
        BpfMap<uint, ulong> seen = new(loaded.Maps["seen"]);
        using BpfLink link = BpfLink.AttachTcx(loaded.Programs["count"], second, TcDirection.Ingress);

        Assert.NotEqual(first, second);
        Shell.Run("ip addr add 192.0.2.1/24 dev first");
        Shell.Run("ip neigh add 192.0.2.9 lladdr 02:00:00:00:00:09 dev first");
        ulong before = seen[0];
        using System.Net.Sockets.UdpClient client = new("192.0.2.9", 9);
        client.Send(new byte[10]);

        Assert.True(SpinWait.SpinUntil(() => seen[0] > before, TimeSpan.FromSeconds(10)));
    });

    [Fact]
    public void An_interface_that_goes_away_leaves_its_link_without_one() => PrivateNetwork.Run(() =>
    {
        (int first, _) = PrivateNetwork.AddVethPair("first", "second");
        using BpfProgram pass = Verdict("pass", -1);
        using BpfLink link = BpfLink.AttachTcx(pass, first, TcDirection.Ingress);

        Shell.Run("ip link del first");

        Assert.Equal(0, link.Info().Ifindex);
    });

    [Theory]
    [InlineData(XdpMode.Native)]
    [InlineData(XdpMode.Generic)]
    public void An_XDP_link_is_attached_updated_and_detached(XdpMode mode) => PrivateNetwork.Run(() =>
    {
        (int first, _) = PrivateNetwork.AddVethPair("first", "second");
        using BpfProgram pass = BpfProgram.LoadInstructions("pass", ProgramType.Xdp, Instructions.Return(2));
        using BpfProgram drop = BpfProgram.LoadInstructions("drop", ProgramType.Xdp, Instructions.Return(1));
        using BpfLink link = BpfLink.AttachXdp(pass, first, mode);

        Assert.Equal(new LinkInfo(link.Info().Id, LinkType.Xdp, pass.Info().Id, first, 0), link.Info());
        Assert.Contains(mode == XdpMode.Native ? " xdp " : " xdpgeneric ", Shell.Run("ip link show dev first"));
        link.Update(drop);
        Assert.Equal(drop.Info().Id, link.Info().ProgramId);
        Assert.Equal("EBUSY", Assert.Throws<BpfException>(() => BpfLink.AttachXdp(pass, first, mode)).ErrnoName);
        link.Detach();
        Assert.Equal(0, link.Info().Ifindex);
    });

    [Fact]
    public void A_netfilter_link_judges_packets_until_it_is_gone() => PrivateNetwork.Run(() =>
    {
        Shell.Run("ip link set lo up");
        using LoadedObject loaded = BpfObject.Load("hook", CompiledC.Compile("""SEC("netfilter") int drop_all(void *ctx) { return 0; }"""), new Dictionary<string, BpfMap>());
        BpfProgram drop = loaded.Programs["drop_all"];
        Assert.Equal(ProgramType.Netfilter, drop.Info().Type);

        using (BpfLink link = BpfLink.AttachNetfilter(drop, NetfilterFamily.IPv4, NetfilterHook.LocalOut, priority: -500))
        {
            Assert.Equal((LinkType.Netfilter, drop.Info().Id), (link.Info().Type, link.Info().ProgramId));
            Assert.Throws<System.Net.Sockets.SocketException>(Send);
            Assert.Equal("Could not attach program 'drop_all' to 'netfilter hook LocalOut of IPv4 at priority -500': EBUSY, device or resource busy.",
                Assert.Throws<BpfException>(() => BpfLink.AttachNetfilter(drop, NetfilterFamily.IPv4, NetfilterHook.LocalOut, priority: -500)).Message);
        }

        Send();

        static void Send()
        {
            using System.Net.Sockets.UdpClient client = new("127.0.0.1", 9);
            client.Send(new byte[10]);
        }
    });

    [Fact]
    public void A_refused_attachment_names_the_program_and_the_place()
    {
        using BpfProgram pass = Verdict("pass", -1);

        BpfException refused = Assert.Throws<BpfException>(() => BpfLink.AttachTcx(pass, 2_000_000_000, TcDirection.Ingress));

        Assert.Equal("Could not attach program 'pass' to 'TCX Ingress of interface 2000000000': ENODEV, no such device.", refused.Message);
    }

    [Fact]
    public void A_pin_of_another_kind_is_not_taken_for_a_link()
    {
        using PrivateBpffs bpffs = new();
        using BpfProgram pass = Verdict("pass", -1);
        pass.Pin(bpffs.Path("program"));

        Assert.Contains("is not a link", Assert.Throws<BpfException>(() => BpfLink.OpenPinned(bpffs.Path("program"))).Message);
    }
}
