using System.Text.Json.Serialization;

namespace Example.ProtocolCounter;

/// <summary>One line of <c>calico protocols</c>.</summary>
public sealed record ProtocolRow(int Protocol, ulong Packets);

[JsonSerializable(typeof(ProtocolRow))]
internal sealed partial class ProtocolRowJson : JsonSerializerContext;
