using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Calico.Core.Bpf;
using Calico.Core.Interop;

namespace Calico.Core.Tests.Interop;

public class BindingLayoutTests
{
    [Fact]
    public void Every_size_offset_enum_member_and_constant_is_what_the_C_headers_say()
    {
        string[] expected = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Interop", "libbpf-1.7.0-layout.txt"));
        string[] actual = [.. BindingLayout.List().Select(line => line.ToString())];

        Assert.Empty(expected.Except(actual).Select(line => $"C has: {line}"));
        Assert.Empty(actual.Except(expected).Select(line => $"only C# has: {line}"));
        Assert.Equal(expected.Length, actual.Length);
    }

    [Fact]
    public void The_C_program_that_a_maintainer_compiles_prints_every_line()
    {
        string program = BindingLayout.CProgram();
        if (Environment.GetEnvironmentVariable("CALICO_LAYOUT_C") is { Length: > 0 } path)
        {
            File.WriteAllText(path, program);
        }

        Assert.Equal(BindingLayout.List().Count, program.Split("printf(").Length - 1);
    }

    [Fact]
    public void Our_packet_contexts_lie_over_the_kernels()
    {
        SkbContext context = new() { Mark = 1, Priority = 2, IngressIfindex = 3, Ifindex = 4, Timestamp = 5, WireLength = 6, GsoSegments = 7, GsoSize = 8, HardwareTimestamp = 9 };
        context.Cb[0] = 10;
        context.Cb[4] = 11;
        __sk_buff skb = MemoryMarshal.Cast<SkbContext, __sk_buff>(new ReadOnlySpan<SkbContext>(in context))[0];

        Assert.Equal(Unsafe.SizeOf<__sk_buff>(), Unsafe.SizeOf<SkbContext>());
        Assert.Equal(Unsafe.SizeOf<xdp_md>(), Unsafe.SizeOf<XdpContext>());
        Assert.Equal((1u, 2u, 3u, 4u), (skb.mark, skb.priority, skb.ingress_ifindex, skb.ifindex));
        Assert.Equal((5ul, 6u, 7u, 8u, 9ul), (skb.tstamp, skb.wire_len, skb.gso_segs, skb.gso_size, skb.hwtstamp));
        Assert.Equal((10u, 11u), (skb.cb[0], skb.cb[4]));
    }
}
