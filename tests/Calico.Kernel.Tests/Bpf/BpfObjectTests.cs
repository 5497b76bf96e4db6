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
}
