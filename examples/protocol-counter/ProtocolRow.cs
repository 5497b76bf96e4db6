using System.Text.Json.Serialization;

namespace Example.ProtocolCounter;

/// <summary>One line of <c>calico protocols</c>.</summary>
public sealed record ProtocolRow(int Protocol, ulong Packets);

// Source-generated: reflection would keep an unloaded plugin in memory. Camel case, as all of the agent's API.
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ProtocolRow))]
internal sealed partial class ProtocolRowJson : JsonSerializerContext;
