using System.Net;
using Calico.Sdk.Resources;

namespace Calico.Core.Routes;

/// <summary>What routes are calculated from: immutable.</summary>
/// <param name="Node">This node's name.</param>
/// <param name="Endpoints">All workload endpoints.</param>
/// <param name="Nodes">All nodes.</param>
/// <param name="HostAddresses">The addresses of this node's interfaces.</param>
/// <param name="WorkloadSlots">The slots of the workload interfaces that exist, by interface name.</param>
public sealed record RouteInput(
    string Node,
    IReadOnlyCollection<WorkloadEndpoint> Endpoints,
    IReadOnlyCollection<Node> Nodes,
    IReadOnlyCollection<IPAddress> HostAddresses,
    IReadOnlyDictionary<string, WorkloadSlot> WorkloadSlots);
