using Calico.Core.Attach;
using Calico.Core.Maps;
using Calico.Core.Maps.Layout;
using Calico.Core.Net;
using Calico.Core.Routes;
using Calico.Sdk.Resources;
using Microsoft.Extensions.Logging;

namespace Calico.Core.Runtime;

/// <summary>Keeps the route maps, the kernel's routes and the flows' decisions in step with resources and interfaces.</summary>
internal sealed class RouteUpkeep(
    string node, MapSet maps, RtNetlink netlink, Interfaces interfaces, ILogger logger)
{
    private readonly HostAddresses _addresses = new();
    private readonly RouteMaps _maps = new(maps);
    private readonly KernelRoutes _kernel = new(netlink);
    private volatile RoutePlan _table = new(
        new Dictionary<Calico.Sdk.Net.IpNetwork, Route>(), new HashSet<GrantedSource>(), new Dictionary<Calico.Sdk.Net.IpNetwork, KernelRoute>(), []);

    private volatile IReadOnlyList<string> _refused = [];

    /// <summary>The routes in force.</summary>
    public RoutePlan Table => _table;

    /// <summary>What cannot be, a sentence each.</summary>
    public IReadOnlyList<string> Problems => [.. _table.Problems, .. _refused];

    /// <summary>Frees what an earlier agent left for interfaces that are gone.</summary>
    public void Begin(IReadOnlySet<int> present) => interfaces.Begin(present);

    public void ReadHostAddresses()
    {
        _addresses.Clear();
        foreach (var address in netlink.GetAddresses())
        {
            _addresses.Add(address);
        }
    }

    /// <summary>Calculates and writes. Flows whose route has changed are decided again.</summary>
    public void Update(IResourceSet resources, bool isFirst)
    {
        var endpoints = resources.All<WorkloadEndpoint>().ToList();
        interfaces.UseMacs(endpoints
            .Where(endpoint => endpoint.Spec.Node == node && endpoint.Spec.Mac is not null)
            .DistinctBy(endpoint => endpoint.Spec.InterfaceName)
            .ToDictionary(endpoint => endpoint.Spec.InterfaceName, endpoint => endpoint.Spec.Mac!.Value));
        var input = new RouteInput(
            node,
            endpoints,
            [.. resources.All<Node>()],
            _addresses.All,
            interfaces.All
                .Where(known => known.Kind == InterfaceKind.Workload)
                // Between a rename and its event two may seem to have one name: the younger has it.
                .GroupBy(known => known.Link.Name, known => new WorkloadSlot(known.Link.Index, known.Slot, known.Link.Up), StringComparer.Ordinal)
                .ToDictionary(same => same.Key, same => same.MaxBy(slot => slot.Ifindex)!));
        var before = _table;
        var table = RouteCalculation.Calculate(input);
        var changed = _maps.Apply(table);
        _table = table;
        var refused = _kernel.Apply(table.KernelRoutes, isFirst);
        foreach (var problem in table.Problems.Except(before.Problems).Concat(refused.Except(_refused)))
        {
            logger.LogWarning("{Problem}", problem);
        }

        _refused = refused;
        if (isFirst)
        {
            _maps.RemoveForeign();
            return;
        }

        Redecide(changed, before, table);
    }

    /// <summary>An address or a route of the kernel changed. True: routes must be calculated anew.</summary>
    public bool Handle(NetworkEvent change)
    {
        switch (change)
        {
            case AddressChanged { Address: var address }:
                return _addresses.Add(address);
            case AddressRemoved { Address: var address }:
                return _addresses.Remove(address) | _kernel.ForgetLost(address.InterfaceIndex);
            case RouteChanged { Route: var route }:
                FollowRoute(route);
                return false;
            case RouteRemoved { Route: var route }:
                FollowRoute(route);
                return route.Protocol == KernelRoutes.Protocol && _kernel.ForgetRemoved(route.Destination);
            default:
                return false;
        }
    }

    /// <summary>An interface went down, and the kernel took the routes that need it along. True: some of them were ours.</summary>
    public bool InterfaceDown(int ifindex) => _kernel.ForgetLost(ifindex);

    /// <summary>An interface is gone: its addresses and routes went with it, without events of their own.</summary>
    public bool InterfaceGone(int ifindex)
    {
        _kernel.Forget(ifindex);
        return _addresses.RemoveAll(ifindex);
    }

    private void FollowRoute(RouteInfo route)
    {
        if (IsOfInterest(route))
        {
            interfaces.RedecideHost();
        }
    }

    // Ours we know of; a link-local or multicast prefix comes with every interface and leads nowhere else.
    private static bool IsOfInterest(RouteInfo route) =>
        route.Table == MainTable && route.Protocol != KernelRoutes.Protocol &&
        !route.Destination.BaseAddress.IsIPv6LinkLocal && !route.Destination.BaseAddress.IsIPv6Multicast;

    private const uint MainTable = RouteTable.Main;

    private void Redecide(IReadOnlyCollection<Calico.Sdk.Net.IpNetwork> changed, RoutePlan before, RoutePlan now)
    {
        // Who may no longer send from a prefix: its flows meet the check of their source again.
        var slots = before.GrantedSources.Except(now.GrantedSources).Select(source => source.Slot).ToHashSet();
        if (changed.Count == 0 && slots.Count == 0)
        {
            return;
        }


        // Until a prefix has its route, flows to it go where the kernel's routes lead: through an uplink, or to the host.
        var host = changed.Any(prefix => !before.Prefixes.ContainsKey(prefix));
        foreach (var route in changed.SelectMany(prefix => new[] { before.Prefixes.GetValueOrDefault(prefix), now.Prefixes.GetValueOrDefault(prefix) }))
        {
            host |= route is { Kind: RouteKind.Host or RouteKind.RemoteWorkload };
            if (route is { Kind: RouteKind.LocalWorkload })
            {
                slots.Add(route.Slot);
            }
        }

        foreach (var known in interfaces.All.Where(known => slots.Contains(known.Slot)))
        {
            interfaces.Redecide(known.Link.Index);
        }

        if (host)
        {
            interfaces.RedecideHost();
        }
    }
}
