using Calico.Sdk;

namespace Calico.Core.Maps.Layout;

/// <summary>How a judged packet leaves its chain.</summary>
[CName("way")]
public enum ForwardingWay : byte
{
    /// <summary>Not resolved yet.</summary>
    None = 0,

    /// <summary>Straight into the peer of a veth in another namespace (<c>bpf_redirect_peer</c>).</summary>
    Peer = 1,

    /// <summary>Out of a device of this namespace (<c>bpf_redirect</c>): tap, bridge port, veth whose peer is here.</summary>
    Redirect = 2,

    /// <summary>Out of an Ethernet uplink, the kernel's neighbour table giving the address (<c>bpf_redirect_neigh</c>).</summary>
    Neigh = 3,

    /// <summary>To the host's stack, which delivers it here or undoes a translation; egress hooks judge what comes of it.</summary>
    Stack = 4,

    /// <summary>To the host's stack, which only carries out what the chain decided; egress hooks let it pass.</summary>
    StackJudged = 5,
}
