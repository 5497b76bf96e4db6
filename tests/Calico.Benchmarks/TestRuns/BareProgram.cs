using Calico.Benchmarks.Chains;
using Calico.Core.Bpf;

namespace Calico.Benchmarks.TestRuns;

/// <summary>The least that an established packet needs, written by hand: bare.bpf.c.sbn.</summary>
internal sealed class BareProgram : IDisposable
{
    public const string Name = "bare program";

    private readonly LoadedObject _loaded = ChainBuilder.LoadOwn("bare.bpf.c.sbn", new { });

    private BareProgram() => Wrapper = Wrapper.Around(_loaded.Programs["bare"]);

    public Wrapper Wrapper { get; }

    /// <summary>With an entry for the flow of this frame, which leaves by this interface.</summary>
    public static BareProgram For(byte[] frame, int ifindex)
    {
        var bare = new BareProgram();
        var key = new byte[16];
        frame.AsSpan(26, 12).CopyTo(key); // both addresses and both ports stand together in the packet, too
        key[12] = frame[23];
        bare._loaded.Maps["table"].Update(key, new byte[24]);
        var output = new byte[16];
        BitConverter.TryWriteBytes(output, ifindex);
        bare._loaded.Maps["interfaces"].Update(new byte[4], output);
        return bare;
    }

    public void Dispose()
    {
        Wrapper.Dispose();
        _loaded.Dispose();
    }
}
