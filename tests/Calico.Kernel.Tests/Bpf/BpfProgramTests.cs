using Calico.Core.Bpf;
using Calico.Kernel.Tests.Support;

namespace Calico.Kernel.Tests.Bpf;

public class BpfProgramTests
{
    private static LoadedObject Load(string source) => BpfObject.Load("programs", CompiledC.Compile(source), new Dictionary<string, BpfMap>());

    [Fact]
    public void The_kernel_tells_about_a_program()
    {
        using BpfProgram program = BpfProgram.LoadInstructions("a program", ProgramType.SchedCls, Instructions.Return(3));

        ProgramInfo info = program.Info();

        Assert.Equal(("a_program", ProgramType.SchedCls, 16), (info.Name, info.Type, info.Tag.Length));
        Assert.Equal(2u, info.VerifiedInstructions);
        Assert.Equal(16u, info.TranslatedSize);
        Assert.NotEqual(0u, info.Id);
        Assert.Empty(info.MapIds);
        Assert.NotEqual(TimeSpan.Zero, info.LoadedSinceBoot);
    }

    [Fact]
    public void A_pinned_program_is_adopted()
    {
        using PrivateBpffs bpffs = new();
        uint id;
        using (BpfProgram program = BpfProgram.LoadInstructions("pinned", ProgramType.SchedCls, Instructions.Return(3)))
        {
            program.Pin(bpffs.Path("program"));
            id = program.Info().Id;
        }

        using BpfProgram adopted = BpfProgram.OpenPinned(bpffs.Path("program"));
        using BpfProgram duplicate = adopted.Duplicate();

        Assert.Equal(id, adopted.Info().Id);
        Assert.Equal(3, duplicate.TestRun(new TestRunRequest { Packet = new byte[14] }).ReturnValue);
    }

    [Fact]
    public void A_pin_of_another_kind_is_not_taken_for_a_program()
    {
        using PrivateBpffs bpffs = new();
        using BpfMap map = BpfMap.Create(MapSpec.Of<uint, uint>("map", MapType.Array, 1));
        map.Pin(bpffs.Path("map"));

        Assert.Contains("is not a program", Assert.Throws<BpfException>(() => BpfProgram.OpenPinned(bpffs.Path("map"))).Message);
    }

    [Fact]
    public void Instructions_that_the_verifier_rejects_come_with_its_log()
    {
        BpfException refused = Assert.Throws<BpfException>(() => BpfProgram.LoadInstructions("no_r0", ProgramType.SchedCls, [Instructions.Exit]));

        Assert.Equal(("load program", "no_r0", "R0 !read_ok"), (refused.Attempted, refused.Subject, refused.VerifierComplaint));
    }

    [Fact]
    public void A_test_run_takes_packet_and_context_in_and_gives_both_back() => PrivateNetwork.Run(() =>
    {
        (int first, _) = PrivateNetwork.AddVethPair("first", "second");
        using LoadedObject loaded = Load(
            """
            SEC("tc") int rewrite(struct __sk_buff *skb)
            {
            	__u8 byte = 0xab;
            	bpf_skb_store_bytes(skb, 20, &byte, 1, 0);
            	skb->cb[0] = skb->cb[1] + 1;
            	skb->cb[2] = skb->ingress_ifindex;
            	skb->cb[3] = skb->ifindex;
            	skb->mark |= 0x100;
            	return bpf_skb_change_tail(skb, skb->len + 10, 0) ? 2 : 0;
            }
            """);
        SkbContext context = new() { Mark = 1, Ifindex = (uint)first, IngressIfindex = (uint)first };
        context.Cb[1] = 41;
        byte[] packet = new byte[60];

        TestRunResult result = loaded.Programs["rewrite"].TestRun(new TestRunRequest { Packet = packet, Skb = context });

        Assert.Equal(0, result.ReturnValue);
        Assert.Equal(70, result.Packet.Length);
        Assert.Equal(0xab, result.Packet.Span[20]);
        Assert.Equal(0, packet[20]);
        Assert.Equal(0x101u, result.Skb.Mark);
        Assert.Equal(42u, result.Skb.Cb[0]);
        Assert.Equal(((uint)first, (uint)first), (result.Skb.Cb[2], result.Skb.Cb[3]));
    });

    [Fact]
    public void A_negative_verdict_stays_negative()
    {
        using BpfProgram program = BpfProgram.LoadInstructions("next", ProgramType.SchedCls, Instructions.Return(-1));

        Assert.Equal(-1, program.TestRun(new TestRunRequest { Packet = new byte[60] }).ReturnValue);
    }

    [Fact]
    public void A_repeated_test_run_counts_every_round()
    {
        using LoadedObject loaded = Load("""SEC("tc") int count(struct __sk_buff *skb) { skb->mark++; return 0; }""");

        Assert.Equal(1000u, loaded.Programs["count"].TestRun(new TestRunRequest { Packet = new byte[60], Repeat = 1000 }).Skb.Mark);
    }

    [Fact]
    public void An_XDP_test_run_knows_its_interface() => PrivateNetwork.Run(() =>
    {
        (int first, _) = PrivateNetwork.AddVethPair("first", "second");
        using LoadedObject loaded = Load(
            """
            SEC("xdp") int where(struct xdp_md *ctx)
            {
            	unsigned char *data = (void *)(long)ctx->data, *end = (void *)(long)ctx->data_end;
            	if (data + 60 > end || data + 61 <= end)
            		return XDP_ABORTED;
            	data[0] = ctx->ingress_ifindex;
            	return XDP_TX;
            }
            """);
        // The queue is known to the kernel once XDP is on the interface.
        using BpfLink link = BpfLink.AttachXdp(loaded.Programs["where"], first, XdpMode.Native);

        TestRunResult result = loaded.Programs["where"].TestRun(new TestRunRequest { Packet = new byte[60], Xdp = new XdpContext { IngressIfindex = (uint)first } });
        TestRunResult plain = loaded.Programs["where"].TestRun(new TestRunRequest { Packet = new byte[60] });

        Assert.Equal((3, (byte)first, (uint)first), (result.ReturnValue, result.Packet.Span[0], result.Xdp.IngressIfindex));
        Assert.Equal(3, plain.ReturnValue);
    });

    [Fact]
    public void Live_frames_arrive_where_the_verdict_sends_them() => PrivateNetwork.Run(() =>
    {
        (int first, int second) = PrivateNetwork.AddVethPair("first", "second");
        using LoadedObject loaded = Load(
            $$"""
            struct { __uint(type, BPF_MAP_TYPE_ARRAY); __type(key, __u32); __type(value, __u64); __uint(max_entries, 1); } seen SEC(".maps");
            SEC("xdp") int send(struct xdp_md *ctx) { return bpf_redirect({{first}}, 0); }
            SEC("xdp") int receive(struct xdp_md *ctx)
            {
            	__u32 zero = 0;
            	__u64 *count = bpf_map_lookup_elem(&seen, &zero);
            	unsigned char *data = (void *)(long)ctx->data, *end = (void *)(long)ctx->data_end;
            	if (count && data + 64 <= end && data[12] == 0x88)
            		__sync_fetch_and_add(count, 1);
            	return XDP_DROP;
            }
            """);
        using BpfLink near = BpfLink.AttachXdp(loaded.Programs["receive"], first, XdpMode.Native);
        using BpfLink far = BpfLink.AttachXdp(loaded.Programs["receive"], second, XdpMode.Native);
        byte[] packet = new byte[64];
        packet[12] = 0x88;

        loaded.Programs["send"].TestRun(new TestRunRequest { Packet = packet, Repeat = 500, Modes = TestRunModes.LiveFrames, BatchSize = 8 });

        Core.Maps.BpfMap<uint, ulong> seen = new(loaded.Maps["seen"]);
        Assert.True(SpinWait.SpinUntil(() => seen[0] >= 500, TimeSpan.FromSeconds(10)), $"{seen[0]} of 500 frames arrived");
    });

    [Fact]
    public void A_syscall_program_reads_and_writes_its_context()
    {
        using LoadedObject loaded = Load("""SEC("syscall") int twice(__u64 *context) { context[1] = context[0] * 2; return 9; }""");

        TestRunResult result = loaded.Programs["twice"].TestRun(new TestRunRequest { Context = (byte[])[.. BitConverter.GetBytes(21ul), .. new byte[8]] });

        Assert.Equal(9, result.ReturnValue);
        Assert.Equal(42ul, BitConverter.ToUInt64(result.Context.Span[8..]));
        Assert.Contains("is a syscall program", Assert.Throws<ArgumentException>(() => loaded.Programs["twice"].TestRun(new TestRunRequest { Packet = new byte[60] })).Message);
    }

    [Fact]
    public void What_the_kernel_does_not_take_in_is_explained()
    {
        using BpfProgram program = BpfProgram.LoadInstructions("pass", ProgramType.SchedCls, Instructions.Return(0));

        Assert.Contains("at least an Ethernet header", Assert.Throws<BpfException>(() => program.TestRun(new TestRunRequest { Packet = new byte[3] })).Message);
        Assert.Contains("does not belong to a program of type SchedCls", Assert.Throws<ArgumentException>(() => program.TestRun(new TestRunRequest { Packet = new byte[60], Xdp = default(XdpContext) })).Message);
    }

    [Fact]
    public void A_packet_that_outgrows_its_headroom_is_an_error()
    {
        using LoadedObject loaded = Load("""SEC("tc") int grow(struct __sk_buff *skb) { return bpf_skb_change_tail(skb, 1000, 0); }""");

        Assert.Contains("beyond the headroom", Assert.Throws<BpfException>(() => loaded.Programs["grow"].TestRun(new TestRunRequest { Packet = new byte[60] })).Message);
        Assert.Equal(1000, loaded.Programs["grow"].TestRun(new TestRunRequest { Packet = new byte[60], Headroom = 1000 }).Packet.Length);
    }
}
