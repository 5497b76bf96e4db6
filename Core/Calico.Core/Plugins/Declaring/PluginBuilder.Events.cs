using System.Numerics;
using System.Runtime.CompilerServices;
using Calico.Core.Chain.Declarations;
using Calico.Sdk;

namespace Calico.Core.Plugins;

/// <content>Streams of events.</content>
internal sealed partial class PluginBuilder
{
    // linux/bpf.h: BPF_RINGBUF_HDR_SZ, in front of each record.
    private const int EventHeader = 8;

    private readonly List<EventDeclaration> _events = [];

    public EventStream<T> Events<T>(string name, uint ringBytes)
        where T : unmanaged
    {
        Check(NameRules.ExplainSnakeCase(name), "event stream", name, nameof(name));
        RefuseSecond(IsMapName(name), "event stream", name, nameof(name));
        Check(ExplainRing(ringBytes, Unsafe.SizeOf<T>()), "event stream", name, nameof(ringBytes));
        Check(LayoutRules.Explain(typeof(T)) is { } wrong ? "its event " + wrong : null, "event stream", name, nameof(T));
        _events.Add(new EventDeclaration(Id, name, typeof(T), ringBytes));
        return new EventStream<T>(Id, name);
    }

    // A ring is a map too.
    private bool IsMapName(string name) =>
        _maps.Exists(map => map.Name == name) || _events.Exists(stream => stream.Name == name || $"{stream.Name}_lost" == name);

    private static string? ExplainRing(uint bytes, int record)
    {
        int page = Environment.SystemPageSize;
        return !BitOperations.IsPow2(bytes) || bytes < page
            ? $"its ring of {bytes} bytes is not a power of two of at least one page ({page} bytes). Take {Math.Max((uint)page, BitOperations.RoundUpToPowerOf2(Math.Min(bytes, 1u << 31)))}."
            : record + EventHeader > bytes
                ? $"an event of {record} bytes does not fit into its ring of {bytes}. Take a larger ring."
                : null;
    }
}
