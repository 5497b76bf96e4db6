namespace Calico.Sdk;

/// <summary>Traffic of one direction of a flow.</summary>
/// <param name="Packets">Packets; a GSO packet counts as the segments that it becomes.</param>
/// <param name="Bytes">Bytes from the network header on, as the hook saw them.</param>
public readonly record struct FlowCounters(ulong Packets, ulong Bytes);
