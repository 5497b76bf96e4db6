using Calico.Core.Bpf;
using Calico.Core.Maps;
using Calico.Kernel.Tests.Support;

namespace Calico.Kernel.Tests.Bpf;

public class BpfObjectTests
{
    private const string Counting =
        """
        struct { __uint(type, BPF_MAP_TYPE_ARRAY); __type(key, __u32); __type(value, __u64); __uint(max_entries, 1); } runs SEC(".maps");
        const volatile __u32 verdict = 7;

        SEC("tc") int counter(struct __sk_buff *skb)
        {
        	__u32 zero = 0;
        	__u64 *count = bpf_map_lookup_elem(&runs, &zero);
        	if (count)
        		__sync_fetch_and_add(count, 1);
        	skb->mark += 1;
        	skb->cb[2] = skb->ingress_ifindex;
        	return verdict;
        }

        SEC("xdp") int frames(struct xdp_md *ctx) { return XDP_PASS; }
        """;

    [Fact]
    public void An_object_loads_with_a_given_map_and_creates_the_others()
    {
        using BpfMap runs = BpfMap.Create(MapSpec.Of<uint, ulong>("runs", MapType.Array, 1));
        using LoadedObject loaded = BpfObject.Load("counting", CompiledC.Compile(Counting), new Dictionary<string, BpfMap> { ["runs"] = runs });

        Assert.Equal(["counter", "frames"], loaded.Programs.Keys.Order());
        Assert.Equal([".rodata"], loaded.Maps.Keys);
        Assert.Equal(7, loaded.Programs["counter"].TestRun(new TestRunRequest { Packet = new byte[64] }).ReturnValue);
        Assert.Equal(1ul, new BpfMap<uint, ulong>(runs)[0]);
        Assert.Contains(runs.Info.Id, loaded.Programs["counter"].Info().MapIds);
    }

    [Fact]
    public void A_program_that_the_verifier_rejects_is_named_with_its_log_and_line()
    {
        byte[] elf = CompiledC.Compile(
            """
            SEC("tc") int fine(struct __sk_buff *skb) { return 0; }
            SEC("tc") int careless(struct __sk_buff *skb)
            {
            	unsigned char *data = (unsigned char *)(long)skb->data;
            	return data[20];
            }
            """);

        BpfException refused = Assert.Throws<BpfException>(() => BpfObject.Load("wrong", elf, new Dictionary<string, BpfMap>()));

        Assert.Equal("careless", refused.Subject);
        Assert.Equal("EACCES", refused.ErrnoName);
        Assert.Contains("invalid access to packet", refused.VerifierLog);
        Assert.Contains("test.c:5", refused.Message);
        Assert.StartsWith("Could not load object 'wrong', program 'careless': EACCES, permission denied; the verifier says: ", refused.Message);
    }

    [Fact]
    public void A_verifier_log_of_megabytes_comes_whole()
    {
        // The verifier walks every round of the loop, and the complaint is at the very end.
        byte[] elf = CompiledC.Compile(
            """
            SEC("tc") int long_winded(struct __sk_buff *skb)
            {
            	unsigned char *data = (void *)(long)skb->data;
            	volatile int sum = 0;
            #pragma clang loop unroll(disable)
            	for (int i = 0; i < 5000; i++)
            		sum += i;
            	return sum + data[1200];
            }
            """);

        BpfException refused = Assert.Throws<BpfException>(() => BpfObject.Load("long", elf, new Dictionary<string, BpfMap>()));

        Assert.Equal("long_winded", refused.Subject);
        Assert.True(refused.VerifierLog!.Length > 256 * 1024, $"the log has {refused.VerifierLog.Length} characters");
        Assert.StartsWith("0: R1=ctx()", refused.VerifierLog[refused.VerifierLog.IndexOf("0: R1", StringComparison.Ordinal)..]);
        Assert.Contains("outside of the packet", refused.VerifierComplaint);
    }

    [Fact]
    public void A_map_of_another_shape_than_declared_is_refused_with_both()
    {
        using BpfMap runs = BpfMap.Create(MapSpec.Of<uint, uint>("runs", MapType.Array, 1));

        string message = Assert.Throws<ArgumentException>(() =>
            BpfObject.Load("counting", CompiledC.Compile(Counting), new Dictionary<string, BpfMap> { ["runs"] = runs })).Message;

        Assert.Equal("Object 'counting' declares map 'runs' as Array with keys of 4 and values of 8 bytes; the map given is Array with 4 and 4.", message);
    }

    [Fact]
    public void Bytes_that_are_no_object_are_refused_in_a_sentence()
    {
        BpfException refused = Assert.Throws<BpfException>(() => BpfObject.Load("garbage", new byte[100], new Dictionary<string, BpfMap>()));

        Assert.StartsWith("Could not read eBPF object 'garbage': LIBBPF_ERRNO__FORMAT, ", refused.Message);
    }

    [Fact]
    public void Only_the_chosen_programs_are_loaded()
    {
        using LoadedObject loaded = BpfObject.Load("counting", CompiledC.Compile(Counting), new Dictionary<string, BpfMap>(),
            new BpfLoadOptions { Programs = new HashSet<string> { "frames" } });

        Assert.Equal(["frames"], loaded.Programs.Keys);
        Assert.Equal(ProgramType.Xdp, loaded.Programs["frames"].Info().Type);
    }

    [Fact]
    public void A_section_that_nobody_knows_takes_the_kind_it_is_given()
    {
        byte[] elf = CompiledC.Compile("""SEC("stage/acl") int acl(struct __sk_buff *skb) { return 5; }""");
        BpfLoadOptions options = new() { Sections = new Dictionary<string, ProgramKind> { ["stage/acl"] = new(ProgramType.SchedCls) } };

        using LoadedObject loaded = BpfObject.Load("stages", elf, new Dictionary<string, BpfMap>(), options);

        Assert.Equal(5, loaded.Programs["acl"].TestRun(new TestRunRequest { Packet = new byte[60] }).ReturnValue);
        Assert.Equal("acl", Assert.Throws<BpfException>(() => BpfObject.Load("stages", elf, new Dictionary<string, BpfMap>())).Subject);
    }

    [Fact]
    public void A_TC_program_serves_both_directions_and_tail_calls_through_one_array() => PrivateNetwork.Run(() =>
    {
        (int first, _) = PrivateNetwork.AddVethPair("first", "second");
        using BpfMap chain = BpfMap.Create(MapSpec.Of<uint, uint>("chain", MapType.ProgramArray, 4));
        using LoadedObject loaded = BpfObject.Load("chain", CompiledC.Compile(
            """
            struct { __uint(type, BPF_MAP_TYPE_PROG_ARRAY); __type(key, __u32); __type(value, __u32); __uint(max_entries, 4); } chain SEC(".maps");
            SEC("tc") int entry(struct __sk_buff *skb)
            {
            	bpf_tail_call(skb, &chain, 2);
            	return 100;
            }
            SEC("tc") int stage(struct __sk_buff *skb) { return 42; }
            """), new Dictionary<string, BpfMap> { ["chain"] = chain });
        BpfProgram entry = loaded.Programs["entry"];

        Assert.Equal(100, entry.TestRun(new TestRunRequest { Packet = new byte[60] }).ReturnValue);
        chain.Update(2, loaded.Programs["stage"]);
        Assert.Equal(42, entry.TestRun(new TestRunRequest { Packet = new byte[60] }).ReturnValue);
        using BpfLink ingress = BpfLink.AttachTcx(entry, first, TcDirection.Ingress);
        using BpfLink egress = BpfLink.AttachTcx(entry, first, TcDirection.Egress);
        Assert.Equal((TcDirection.Ingress, TcDirection.Egress), (ingress.Info().Direction, egress.Info().Direction));
    });

    [Fact]
    public async Task Objects_load_side_by_side_and_each_gets_its_own_error()
    {
        byte[] good = CompiledC.Compile(Counting);
        byte[] bad = CompiledC.Compile("""SEC("tc") int bad(struct __sk_buff *skb) { return *(unsigned char *)(long)skb->data; }""");

        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() =>
        {
            if (i % 2 == 0)
            {
                BpfObject.Load("good", good, new Dictionary<string, BpfMap>()).Dispose();
            }
            else
            {
                Assert.Equal("bad", Assert.Throws<BpfException>(() => BpfObject.Load("bad", bad, new Dictionary<string, BpfMap>())).Subject);
            }
        })));
    }
}
