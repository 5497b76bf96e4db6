using System.Runtime.InteropServices;
using Calico.Core.Interop;

namespace Calico.Core.Bpf;

public sealed partial class BpfProgram
{
    private ProgramType _type;

    /// <summary>Runs the program in the kernel on the given packet and context.</summary>
    /// <remarks>Interface indexes are of the calling thread's network namespace.</remarks>
    public TestRunResult TestRun(TestRunRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        ProgramType type = _type != ProgramType.Unspecified ? _type : _type = Info().Type;
        return type == ProgramType.Syscall ? RunSyscall(request) : RunOnPacket(request, type);
    }

    private unsafe TestRunResult RunSyscall(TestRunRequest request)
    {
        if (!request.Packet.IsEmpty || request.Skb is not null || request.Xdp is not null)
        {
            throw new ArgumentException($"Program '{Name}' is a syscall program: it takes context bytes, no packet and no packet context.", nameof(request));
        }

        // The kernel writes the changed context back over the input, and refuses every other field.
        byte[] context = request.Context.ToArray();
        bpf_test_run_opts options = default;
        options.sz = (nuint)sizeof(bpf_test_run_opts);
        fixed (byte* bytes = context)
        {
            options.ctx_in = bytes;
            options.ctx_size_in = (uint)context.Length;
            Run(&options);
        }

        return new TestRunResult { ReturnValue = (int)options.retval, Packet = default, DurationNanoseconds = 0, Context = context };
    }

    private unsafe TestRunResult RunOnPacket(TestRunRequest request, ProgramType type)
    {
        bool live = request.Modes.HasFlag(TestRunModes.LiveFrames);
        byte[] contextIn = ContextBytes(request, type);
        byte[] contextOut = live ? [] : new byte[type == ProgramType.SchedCls ? sizeof(SkbContext) : contextIn.Length];
        byte[] packetOut = live ? [] : GC.AllocateUninitializedArray<byte>(request.Packet.Length + request.Headroom);
        bpf_test_run_opts options = default;
        options.sz = (nuint)sizeof(bpf_test_run_opts);
        options.repeat = request.Repeat;
        options.flags = (uint)request.Modes;
        options.cpu = request.Cpu;
        options.batch_size = request.BatchSize;
        fixed (byte* packet = request.Packet.Span, result = packetOut, before = contextIn, after = contextOut)
        {
            options.data_in = packet;
            options.data_size_in = (uint)request.Packet.Length;
            options.data_out = result;
            options.data_size_out = (uint)packetOut.Length;
            options.ctx_in = before;
            options.ctx_size_in = (uint)contextIn.Length;
            options.ctx_out = after;
            options.ctx_size_out = (uint)contextOut.Length;
            Run(&options);
        }

        return new TestRunResult
        {
            ReturnValue = (int)options.retval,
            Packet = live ? default : packetOut.AsMemory(0, (int)options.data_size_out),
            DurationNanoseconds = options.duration,
            Skb = !live && type == ProgramType.SchedCls ? MemoryMarshal.Read<SkbContext>(contextOut) : default,
            Xdp = !live && type == ProgramType.Xdp && contextOut.Length == sizeof(XdpContext) ? MemoryMarshal.Read<XdpContext>(contextOut) : default,
            Context = type is ProgramType.SchedCls or ProgramType.Xdp ? default : contextOut,
        };
    }

    private byte[] ContextBytes(TestRunRequest request, ProgramType type)
    {
        switch (type)
        {
            case ProgramType.SchedCls when request.Xdp is null && request.Context.IsEmpty:
                return request.Skb is { } skb ? MemoryMarshal.AsBytes(new ReadOnlySpan<SkbContext>(in skb)).ToArray() : [];
            case ProgramType.Xdp when request.Skb is null && request.Context.IsEmpty:
                if (request.Xdp is not { } xdp)
                {
                    return [];
                }

                // The kernel insists on the packet's end; asking the caller for what we know would be a trap.
                xdp.DataEnd = xdp.DataEnd == 0 ? (uint)request.Packet.Length : xdp.DataEnd;
                return MemoryMarshal.AsBytes(new ReadOnlySpan<XdpContext>(in xdp)).ToArray();
            case not (ProgramType.SchedCls or ProgramType.Xdp) when request.Skb is null && request.Xdp is null:
                return request.Context.ToArray();
            default:
                throw new ArgumentException($"The context given does not belong to a program of type {type}, which '{Name}' is.", nameof(request));
        }
    }

    private unsafe void Run(bpf_test_run_opts* options)
    {
        using Borrowed fd = Borrow();
        int result;
        do
        {
            result = LibBpf.bpf_prog_test_run_opts(fd.Value, options);
        }
        while (result == -Errno.EINTR);

        if (result < 0)
        {
            throw new BpfException("test-run program", Name, -result, detail: -result switch
            {
                Errno.ENOSPC => "the packet grew beyond the headroom of the request",
                Errno.EINVAL => "a packet needs at least an Ethernet header (14 bytes), and the kernel refuses context fields that it does not take in",
                _ => null,
            });
        }
    }
}
