using Calico.Sdk;

namespace Example.Embedder;

/// <summary>A flow as <c>/flows</c> gives it: source and destination are those of the initiator's first packet.</summary>
internal sealed record FlowRow(
    int Protocol,
    string Source,
    string Destination,
    string State,
    ulong PacketsThere,
    ulong BytesThere,
    ulong PacketsBack,
    ulong BytesBack,
    string? From,
    string? To,
    DateTimeOffset LastSeen)
{
    public static FlowRow Of(Flow flow) => new(
        flow.Protocol,
        flow.Source.ToString(),
        flow.Destination.ToString(),
        flow.State.ToString(),
        flow.Forward.Packets,
        flow.Forward.Bytes,
        flow.Reply.Packets,
        flow.Reply.Bytes,
        flow.InputInterface,
        flow.OutputInterface,
        flow.LastSeen);
}
