using System.Text.Json.Serialization;

namespace Example.LatencyHistogram;

/// <summary>One line of <c>calico latency</c>.</summary>
/// <param name="UpTo">The bucket's upper end; its lower end is half of it.</param>
/// <param name="Flows">How many flows waited so long.</param>
/// <param name="Share">How many of all.</param>
/// <param name="Bar">The same, to look at.</param>
public sealed record LatencyRow(string UpTo, ulong Flows, string Share, string Bar);

/// <summary>One line of <c>calico slow-flows</c>.</summary>
/// <param name="Client">Who asked.</param>
/// <param name="Server">Who answered.</param>
/// <param name="Protocol">The IP protocol's number.</param>
/// <param name="Milliseconds">How long it took.</param>
/// <param name="Lost">How many events were lost so far, because nobody read them in time.</param>
public sealed record SlowFlowRow(string Client, string Server, int Protocol, double Milliseconds, ulong Lost);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(LatencyRow))]
[JsonSerializable(typeof(SlowFlowRow))]
internal sealed partial class LatencyJson : JsonSerializerContext;
