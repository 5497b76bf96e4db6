using System.Net;
using Calico.Core.Maps.Layout;
using Calico.Sdk.Net;

namespace Calico.Core.Routes;

/// <summary>All routes as they should be.</summary>
/// <param name="Prefixes">What stands behind each prefix; single addresses are prefixes of full length.</param>
/// <param name="GrantedSources">Prefixes that a workload may send from beside its own addresses, by its slot.</param>
/// <param name="KernelRoutes">What the host's own processes need in the kernel's table.</param>
/// <param name="Problems">What cannot be, a sentence each.</param>
public sealed record RoutePlan(
    IReadOnlyDictionary<IpNetwork, Route> Prefixes,
    IReadOnlySet<GrantedSource> GrantedSources,
    IReadOnlyDictionary<IpNetwork, KernelRoute> KernelRoutes,
    IReadOnlyList<string> Problems);

/// <summary>What stands behind a prefix.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Slot">A local workload's interface slot.</param>
/// <param name="NextHop">A remote workload's node.</param>
/// <param name="Owner">The endpoint, for reports.</param>
public sealed record Route(RouteKind Kind, int Slot = 0, IPAddress? NextHop = null, string Owner = "");

/// <summary>A prefix that the workload behind a slot may send from.</summary>
public sealed record GrantedSource(int Slot, IpNetwork Prefix);

/// <summary>A route of the kernel: out of an interface, or via a gateway.</summary>
public sealed record KernelRoute(int? Ifindex, IPAddress? Gateway);
