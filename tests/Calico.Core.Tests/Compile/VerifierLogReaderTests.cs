using Calico.Core.Compile;
using static Calico.Core.Tests.Compile.Rendering;

namespace Calico.Core.Tests.Compile;

/// <summary>Logs as kernels print them, shortened.</summary>
public sealed class VerifierLogReaderTests
{
    private const string Log618 =
        """
        0: R1=ctx() R10=fp0
        ; int f(void) @ a.sbn:1
        0: (61) r1 = *(u32 *)(r1 +40)         ; R1=scalar(smin=0,smax=umax=0xffffffff,var_off=(0x0; 0xffffffff))
        ; x = data[3]; @ a.sbn:2
        12: (71) r0 = *(u8 *)(r1 +3)
        invalid access to packet, off=3 size=1, R1(id=0,off=3,r=0)
        R1 offset is outside of the packet
        processed 12 insns (limit 1000000) max_states_per_insn 0 total_states 0 peak_states 0 mark_read 0
        """;

    private static readonly RenderedSource Source = Render("int f(void)\nx = data[3];\nreturn 0;\nreturn 0;\n");

    private static VerifierRejection Read(string log, params VirtualHeader[] headers) =>
        VerifierLogReader.Read("stage_x", log, Source, new HeaderSet(headers));

    [Fact]
    public void The_place_the_reason_and_the_plugin_are_in_one_sentence()
    {
        Assert.Equal(
            "Acme.RateLimit/bpf/a.sbn:2: error: the kernel's verifier refuses program 'stage_x': invalid access to packet, off=3 size=1, R1(id=0,off=3,r=0); R1 offset is outside of the packet (in plugin acme.ratelimit); compare with the packet's end right before the access.",
            Read(Log618).ToString());
    }

    [Fact]
    public void A_kernel_that_prints_only_the_text_is_understood()
    {
        var rejection = Read("; int f(void)\n0: (61) r1 = *(u32 *)(r1 +40)\n; x = data[3];\n12: (71) r0 = *(u8 *)(r1 +3)\nR1 offset is outside of the packet\n");

        Assert.Equal(("Acme.RateLimit/bpf/a.sbn", 2), (rejection.File, rejection.Line));
    }

    [Fact]
    public void A_text_that_stands_in_two_places_is_not_guessed_at()
    {
        var rejection = Read("; return 0;\n12: (95) exit\nR0 !read_ok\n");

        Assert.Null(rejection.File);
        Assert.Equal("return 0;", rejection.Text);
        Assert.StartsWith("error: the kernel's verifier refuses program 'stage_x': R0 !read_ok;", rejection.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_two_files_with_one_name_the_one_with_the_text_is_meant()
    {
        var header = new VirtualHeader("b/a.sbn", "one\ntwo\nthree\n", "Calico.Core/bpf-templates/b/a.sbn", "core");

        Assert.Equal("core", Read("; two @ a.sbn:2\n1: (95) exit\nbad\n", header).Owner);
        Assert.Equal("acme.ratelimit", Read("; x = data[3]; @ a.sbn:2\n1: (95) exit\nbad\n", header).Owner);
    }

    [Fact]
    public void A_place_in_Cores_header_comes_with_the_plugins_line_that_led_there()
    {
        var header = new VirtualHeader("calico/x.h", "one\ntwo\n", "Calico.Core/bpf-templates/calico/x.h", "core");

        var rejection = Read("; x = data[3]; @ a.sbn:2\n1: (bf) r1 = r2\n; two @ x.h:2\n2: (95) exit\nbad\n", header);

        Assert.Equal(("Calico.Core/bpf-templates/calico/x.h", 2), (rejection.File, rejection.Line));
        Assert.Equal(2, rejection.Via?.Line);
        Assert.Contains("(in Core's own template), reached from Acme.RateLimit/bpf/a.sbn:2 (in plugin acme.ratelimit)", rejection.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_reason_without_any_instruction_is_found()
    {
        Assert.Equal("BPF program is too large. Processed 1000001 insn",
            Read("BPF program is too large. Processed 1000001 insn\nprocessed 1000001 insns (limit 1000000) max_states_per_insn 4\n").Reason);
        Assert.Equal("it gives no reason", Read("").Reason);
    }

    [Fact]
    public void States_behind_a_loops_complaint_are_no_reason()
    {
        Assert.Equal("infinite loop detected at insn 5",
            Read("; x = data[3]; @ a.sbn:2\n5: (05) goto pc-1\ninfinite loop detected at insn 5\ncur state: R0=1 R10=fp0\nold state: R0=1 R10=fp0\nprocessed 9 insns").Reason);
    }
}
