using System.Net;
using Calico.Core.Net;
using Calico.Sdk.Net;

namespace Calico.Core.Routes;

/// <summary>
/// What the host's own processes need in the kernel's routing table. Ours bear a protocol number of their own; whatever
/// else stands there is somebody else's and stays.
/// </summary>
public sealed class KernelRoutes(RtNetlink netlink)
{
    /// <summary>The number that Calico's own routes bear, as operators know it from <c>ip route</c>.</summary>
    public const byte Protocol = 80;

    private Dictionary<IpNetwork, KernelRoute> _written = [];

    /// <summary>Removes ours that are not wanted, adds what is missing. Returns what the kernel refused, a sentence each.</summary>
    public IReadOnlyList<string> Apply(IReadOnlyDictionary<IpNetwork, KernelRoute> wanted, bool isFirst)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        if (isFirst)
        {
            _written = netlink.GetRoutes()
                .Where(route => route.Protocol == Protocol)
                .DistinctBy(route => (route.Destination.BaseAddress.ToString(), route.Destination.PrefixLength))
                .ToDictionary(
                    route => new IpNetwork(route.Destination.BaseAddress, route.Destination.PrefixLength),
                    route => new KernelRoute(route.Gateway is null ? route.InterfaceIndex : null, route.Gateway));
        }

        var problems = new List<string>();
        foreach (var (prefix, route) in _written.Where(pair => !wanted.TryGetValue(pair.Key, out var now) || now != pair.Value).ToList())
        {
            // Not there any more (its interface took it along): as it should be.
            Try(() => netlink.DeleteRoute(Spec(prefix, route)), problems);
            _written.Remove(prefix);
        }

        foreach (var (prefix, route) in wanted.Where(pair => !_written.ContainsKey(pair.Key)))
        {
            if (Try(() => netlink.ReplaceRoute(Spec(prefix, route)), problems))
            {
                _written[prefix] = route;
            }
        }

        return problems;
    }

    /// <summary>The interface is gone, and the kernel took its routes along.</summary>
    public void Forget(int ifindex)
    {
        foreach (var prefix in _written.Where(pair => pair.Value.Ifindex == ifindex).Select(pair => pair.Key).ToList())
        {
            _written.Remove(prefix);
        }
    }

    /// <summary>
    /// A device lost its routes, without events of their own for IPv4: those through it, and maybe any by a gateway. What
    /// is still wanted is written again. True: there were such routes.
    /// </summary>
    public bool ForgetLost(int ifindex)
    {
        var lost = _written.Where(pair => pair.Value.Ifindex == ifindex || pair.Value.Gateway is not null).Select(pair => pair.Key).ToList();
        lost.ForEach(prefix => _written.Remove(prefix));
        return lost.Count > 0;
    }

    /// <summary>Somebody removed a route that we think stands. True: it is to be written again.</summary>
    public bool ForgetRemoved(IPNetwork destination) =>
        _written.Remove(new IpNetwork(destination.BaseAddress, destination.PrefixLength));

    private static RouteSpec Spec(IpNetwork prefix, KernelRoute route) => new()
    {
        Destination = new IPNetwork(prefix.Address, prefix.PrefixLength),
        InterfaceIndex = route.Ifindex,
        Gateway = route.Gateway,
        Protocol = Protocol,
        Scope = route.Gateway is null && !prefix.IsIPv6 ? RouteScope.Link : null,
    };

    private static bool Try(Action write, List<string> problems)
    {
        try
        {
            write();
            return true;
        }
        catch (NetlinkException refused)
        {
            problems.Add(refused.Message);
            return false;
        }
    }
}
