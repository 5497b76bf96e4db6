using Calico.Core.Attach;
using Calico.Core.Bpf;
using Calico.Core.Configuration;
using Calico.Core.Net;
using Calico.Core.Routes;

namespace Calico.Core.Runtime;

/// <summary>Takes a whole instance off a node, whether or not its agent lives: links, filters, guard, maps, routes.</summary>
public static class DataplaneRemoval
{
    /// <summary>What was removed, a sentence each.</summary>
    /// <param name="configuration">The instance's configuration.</param>
    public static IReadOnlyList<string> Remove(AgentConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var done = new List<string>();
        var folders = InstanceFolders.Of(configuration);
        using var netlink = new RtNetlink();

        // Unpinning the last reference of a link detaches it: the chain goes before the maps that it uses.
        foreach (var pin in Pins(folders.Links).Concat(Pins(folders.Sockets)))
        {
            File.Delete(pin);
            done.Add($"detached {Path.GetFileName(pin)}");
        }

        foreach (var link in netlink.GetLinks().Where(link => configuration.Interfaces.KindOf(link.Name) is not null))
        {
            foreach (var direction in new[] { TcDirection.Ingress, TcDirection.Egress })
            {
                if (new ClsactFilter(link.Index, direction, configuration.Attach.ClsactPriority, configuration.Attach.ClsactHandle).Detach())
                {
                    done.Add($"detached the {direction} filter of {link.Name}");
                }
            }
        }

        Guard.Remove(configuration.Instance, folders.Guard);
        if (Directory.Exists(folders.Bpffs))
        {
            Directory.Delete(folders.Bpffs, recursive: true);
            done.Add($"unpinned {folders.Bpffs}");
        }

        if (Directory.Exists(folders.State))
        {
            Directory.Delete(folders.State, recursive: true);
            done.Add($"removed {folders.State}");
        }

        foreach (var route in netlink.GetRoutes().Where(route => route.Protocol == KernelRoutes.Protocol))
        {
            netlink.DeleteRoute(new RouteSpec
            {
                Destination = route.Destination,
                Gateway = route.Gateway,
                InterfaceIndex = route.InterfaceIndex,
                Protocol = KernelRoutes.Protocol,
                Metric = route.Metric == 0 ? null : route.Metric,
            });
            done.Add($"removed the route to {route.Destination}");
        }

        return done;
    }

    private static IEnumerable<string> Pins(string folder) => Directory.Exists(folder) ? Directory.EnumerateFiles(folder) : [];
}
