using Calico.Agent.Demo.Peers;
using Calico.Lab;

namespace Calico.Agent.Demo.Nodes;

/// <summary>Somebody who sends and answers: a workload, a node itself, or a host outside.</summary>
/// <param name="Client">Its peer process.</param>
/// <param name="Inside">Its network namespace.</param>
/// <param name="Address4">Its IPv4 address.</param>
/// <param name="Address6">Its IPv6 address.</param>
internal sealed record DemoPeer(PeerClient Client, NetworkNamespace Inside, string Address4, string Address6)
{
    public string Name => Client.Name;

    public string Address(int family) => family == 4 ? Address4 : Address6;
}
