using System.Text.Json.Serialization;

namespace Acme.RootNamespace;

/// <summary>One line of <c>calico acme-stage-1</c>.</summary>
public sealed record CountRow(uint Protocol, ulong Packets, ulong Bytes);

// Source-generated: reflection would keep an unloaded plugin in memory.
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(CountRow))]
internal sealed partial class CountRowJson : JsonSerializerContext;
