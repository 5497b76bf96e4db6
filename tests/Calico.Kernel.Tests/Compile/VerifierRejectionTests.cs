using Calico.Core.Bpf;
using Calico.Core.Compile;

namespace Calico.Kernel.Tests.Compile;

/// <summary>What this kernel's verifier has against a program is reported at the line of its template.</summary>
public sealed class VerifierRejectionTests : IDisposable
{
    private const string Chain =
        """
        #include <calico/bpf.h>
        struct {
        	__uint(type, BPF_MAP_TYPE_HASH);
        	__type(key, __u32);
        	__type(value, __u64);
        	__uint(max_entries, 8);
        } buckets SEC(".maps");
        {{~ for i in 1..3 ~}}
        static __noinline int spine_{{ i }}(struct __sk_buff *skb) { return skb->len + {{ i }}; }
        {{~ end ~}}
        SEC("tc") int chain_program(struct __sk_buff *skb)
        {
        	__u32 key = skb->ifindex;
        {{ fragment 'ratelimit' }}
        	return key + spine_1(skb) + spine_2(skb) + spine_3(skb);
        }
        char _license[] SEC("license") = "Dual BSD/GPL";

        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("calico-compile-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private VerifierRejection Refusal(string stage)
    {
        var core = new InMemoryTemplates("core", "Calico.Core/bpf-templates/", [new("chain.bpf.c.sbn", Chain)]);
        var plugin = new InMemoryTemplates("acme.ratelimit", "Acme.RateLimit/bpf/", [new("ratelimit.bpf.c.sbn", stage), new("take.sbn", "\t/* take */\n\t*bucket -= {{ amount }};\n")]);
        var source = TemplateRenderer.Render(
            "chain.bpf.c.sbn", core, new { Amount = 7 }, [new TemplateFragment("ratelimit", "ratelimit.bpf.c.sbn", plugin)]);
        var compiler = ProgramCompiler.Default(_folder);
        var compiled = compiler.Compile(source, ClangOptions.For("v3"));

        var refusal = Assert.Throws<BpfException>(() => BpfObject.Load("chain", compiled.Elf, new Dictionary<string, BpfMap>()));
        var rejection = VerifierException.From(refusal, source, compiler.Headers);
        Assert.NotNull(rejection);
        Assert.Same(refusal, rejection.InnerException);
        return rejection.Rejection;
    }

    [Fact]
    public void An_access_beyond_the_packet_is_at_its_line_of_the_stages_template()
    {
        var rejection = Refusal("\t/* a comment */\n\tchar *data = (void *)(long)skb->data;\n\n\tif (data[14] == {{ amount }})\n\t\treturn 0;\n");

        Assert.Equal(("Acme.RateLimit/bpf/ratelimit.bpf.c.sbn", 4, "acme.ratelimit"), (rejection.File, rejection.Line, rejection.Owner));
        Assert.StartsWith("invalid access to packet", rejection.Reason, StringComparison.Ordinal);
        Assert.Equal("if (data[14] == {{ amount }})", rejection.Text);
    }

    [Fact]
    public void A_pointer_that_was_not_tested_is_at_its_line_of_the_included_template()
    {
        var rejection = Refusal("\t__u64 *bucket = bpf_map_lookup_elem(&buckets, &key);\n{{~ include 'take.sbn' ~}}\n");

        Assert.Equal(("Acme.RateLimit/bpf/take.sbn", 2), (rejection.File, rejection.Line));
        Assert.Equal(
            "Acme.RateLimit/bpf/take.sbn:2: error: the kernel's verifier refuses program 'chain_program': R0 invalid mem access 'map_value_or_null' (in plugin acme.ratelimit); test the pointer for NULL before it is used.",
            rejection.ToString());
    }

    [Fact]
    public void The_whole_log_is_kept() =>
        Assert.Contains("processed ", Refusal("\tchar *data = (void *)(long)skb->data;\n\n\tif (data[3])\n\t\treturn 1;\n").Log, StringComparison.Ordinal);
}
