using System.Net;
using System.Runtime.InteropServices;
using Calico.Core.Maps.Layout;
using Calico.Sdk;

namespace Calico.Harness.Chains;

/// <summary>One entry of a flow table.</summary>
public sealed record HarnessFlow
{
    /// <summary>In the table of unanswered flows.</summary>
    public required bool Pending { get; init; }

    public required bool IsV6 { get; init; }

    public required byte Protocol { get; init; }

    public required IPEndPoint Low { get; init; }

    public required IPEndPoint High { get; init; }

    /// <summary>The key's bytes.</summary>
    public required byte[] Key { get; init; }

    /// <summary>The entry's bytes.</summary>
    public required byte[] Value { get; init; }

    public FlowEntry Entry => MemoryMarshal.Read<FlowEntry>(Value);

    public FlowState State => (FlowState)Entry.State;

    public FlowFlags Flags => (FlowFlags)Entry.Flags;

    /// <summary>Packets sent by the initiator.</summary>
    public FlowDirection FromInitiator => Flags.HasFlag(FlowFlags.InitiatorIsHigh) ? Entry.HighToLow : Entry.LowToHigh;

    /// <summary>Packets sent to the initiator.</summary>
    public FlowDirection FromResponder => Flags.HasFlag(FlowFlags.InitiatorIsHigh) ? Entry.LowToHigh : Entry.HighToLow;

    /// <summary>What plugins keep in it.</summary>
    public byte[] Fields()
    {
        var fields = Entry.Fields;
        return ((ReadOnlySpan<byte>)fields).ToArray();
    }

    /// <summary>The map that holds it.</summary>
    public string Table => (Pending ? "pending" : "flows") + (IsV6 ? "_v6" : "_v4");
}
