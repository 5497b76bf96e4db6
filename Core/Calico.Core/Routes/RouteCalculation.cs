using System.Net;
using System.Net.Sockets;
using Calico.Core.Maps.Layout;
using Calico.Sdk.Net;
using Calico.Sdk.Resources;

namespace Calico.Core.Routes;

/// <summary>From resources and interfaces to routes: a pure function.</summary>
public static class RouteCalculation
{
    public static RoutePlan Calculate(RouteInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var routes = new Dictionary<IpNetwork, Route>();
        var granted = new HashSet<GrantedSource>();
        var kernel = new Dictionary<IpNetwork, KernelRoute>();
        var problems = new List<string>();
        var nodes = new Dictionary<string, Node>(StringComparer.Ordinal);
        foreach (var node in input.Nodes)
        {
            nodes[node.Metadata.Name] = node;
        }

        foreach (var address in input.HostAddresses)
        {
            routes[Single(address)] = new Route(RouteKind.Host, Owner: input.Node);
        }

        // In order of their names, so that of two claims on one address the same one always wins.
        foreach (var endpoint in input.Endpoints.OrderBy(NameOf, StringComparer.Ordinal))
        {
            var isLocal = endpoint.Spec.Node == input.Node;
            var slot = isLocal ? input.WorkloadSlots.GetValueOrDefault(endpoint.Spec.InterfaceName) : null;
            if (isLocal && slot is null)
            {
                continue; // its interface is not there yet
            }

            foreach (var prefix in endpoint.Spec.IpNetworks)
            {
                if (routes.TryGetValue(prefix, out var taken))
                {
                    problems.Add(
                        $"WorkloadEndpoint {NameOf(endpoint)} claims {prefix}, which {(taken.Kind == RouteKind.Host ? "is this node's own" : "belongs to " + taken.Owner)}; the claim is ignored.");
                    continue;
                }

                if (slot is not null)
                {
                    routes[prefix] = new Route(RouteKind.LocalWorkload, slot.Slot, Owner: NameOf(endpoint));
                    if (slot.IsUp)
                    {
                        kernel[prefix] = new KernelRoute(slot.Ifindex, null);
                    }
                }
                else if (GatewayOf(nodes.GetValueOrDefault(endpoint.Spec.Node), prefix) is { } gateway)
                {
                    routes[prefix] = new Route(RouteKind.RemoteWorkload, NextHop: gateway, Owner: NameOf(endpoint));
                    kernel[prefix] = new KernelRoute(null, gateway);
                }
                else
                {
                    problems.Add(
                        $"WorkloadEndpoint {NameOf(endpoint)} has {prefix} on node '{endpoint.Spec.Node}', of which no Node resource gives an {(prefix.IsIPv6 ? "IPv6" : "IPv4")} address; it cannot be reached.");
                }
            }

            if (slot is not null)
            {
                granted.UnionWith(endpoint.Spec.AllowSpoofedSourcePrefixes.Select(prefix => new GrantedSource(slot.Slot, prefix)));
            }
        }

        return new RoutePlan(routes, granted, kernel, problems);
    }

    /// <summary>What a person calls an endpoint.</summary>
    public static string NameOf(WorkloadEndpoint endpoint)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        return $"{endpoint.Metadata.Namespace}/{endpoint.Spec.Pod ?? endpoint.Spec.Workload ?? endpoint.Metadata.Name}";
    }

    private static IpNetwork Single(IPAddress address) =>
        new(address, address.AddressFamily == AddressFamily.InterNetworkV6 ? 128 : 32);

    private static IPAddress? GatewayOf(Node? node, IpNetwork prefix) =>
        (prefix.IsIPv6 ? node?.Spec.Bgp?.IPv6Address?.Address : node?.Spec.Bgp?.IPv4Address?.Address)
        ?? node?.Spec.Addresses.Select(address => address.Address).FirstOrDefault(address =>
            (address.AddressFamily == AddressFamily.InterNetworkV6) == prefix.IsIPv6);
}
