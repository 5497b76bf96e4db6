using System.Net;
using Calico.Core.Maps.Layout;

namespace Calico.Core.Flows;

/// <summary>What a family's keys are made of. The C side of it is <c>flow_key_fill</c> in bpf-templates/calico/flow.h.</summary>
/// <typeparam name="TKey">The key in the map.</typeparam>
internal interface IFlowKeys<TKey>
    where TKey : unmanaged
{
    static abstract string Answered { get; }

    static abstract string Pending { get; }

    static abstract byte ProtocolOf(in TKey key);

    static abstract IPEndPoint LowOf(in TKey key);

    static abstract IPEndPoint HighOf(in TKey key);

    /// <summary>The key under which packets of this tuple are found, and whether their sender is its higher end.</summary>
    static abstract (TKey Key, bool SenderIsHigh) Of(in FlowRewrite tuple, byte protocol);
}
