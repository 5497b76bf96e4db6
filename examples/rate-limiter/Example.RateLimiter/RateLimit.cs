using Calico.Sdk.Resources;

namespace Example.RateLimiter;

/// <summary>How much workloads of a namespace may send: a kind of resource of this plugin's own.</summary>
/// <param name="Metadata">Name, namespace and so on.</param>
/// <param name="Selector">Labels that a workload must have; none selects all of the namespace.</param>
/// <param name="PacketsPerSecond">The rate in packets; null where it is in bits.</param>
/// <param name="BitsPerSecond">The rate in bits; null where it is in packets.</param>
/// <param name="Burst">How many packets, or bits, may come at once after a pause.</param>
public sealed record RateLimit(
    ObjectMeta Metadata, IReadOnlyDictionary<string, string> Selector, long? PacketsPerSecond, long? BitsPerSecond, long Burst) : IResource
{
    private const long MostPackets = 1_000_000_000;
    private const long MostBits = 1_000_000_000_000;
    // A packet that the kernel has not cut up yet is as long as this; a smaller burst would let none through.
    private const long LongestPacketBits = 65_536 * 8;

    /// <summary>The kind: what documents call it, and how one is read.</summary>
    public static ResourceKind<RateLimit> Kind { get; } = new("ratelimit.example.com/v1", nameof(RateLimit), isNamespaced: true, Parse);

    /// <summary>Whether it is for a workload.</summary>
    public bool Selects(WorkloadEndpoint endpoint) =>
        endpoint.Metadata.Namespace == Metadata.Namespace
        && Selector.All(label => endpoint.Metadata.Labels.TryGetValue(label.Key, out string? value) && value == label.Value);

    /// <summary>As the stage counts.</summary>
    public RateCost ToCost() => PacketsPerSecond is { } packets
        ? new RateCost { NanosecondsAPacket = (ulong)(1e9 / packets), BurstNanoseconds = (ulong)(1e9 / packets * Burst) }
        : new RateCost { PicosecondsAByte = (ulong)(8e12 / BitsPerSecond!.Value), BurstNanoseconds = (ulong)(1e9 / BitsPerSecond.Value * Burst) };

    // What is wrong is recorded with its file, line and field; a field that is not asked for is refused.
    private static RateLimit Parse(FieldReader document, ObjectMeta metadata)
    {
        FieldReader spec = document.Required("spec");
        long? packets = spec.Number("packetsPerSecond", 1, MostPackets);
        long? bits = spec.Number("bitsPerSecond", 1_000, MostBits);
        if (spec.IsPresent && spec.Has("packetsPerSecond") == spec.Has("bitsPerSecond"))
        {
            spec.Error(null, "must have either packetsPerSecond or bitsPerSecond");
        }

        long least = packets is null ? LongestPacketBits : 1;
        long rate = packets ?? bits ?? 1;
        return new RateLimit(
            metadata, spec.TextMap("selector"), packets, bits, spec.Number("burst", least, MostBits) ?? Math.Max(least, rate / 10));
    }
}
