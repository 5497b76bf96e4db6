using Calico.Core.Attach;
using Calico.Core.Bpf;
using Calico.Core.Configuration;
using Calico.Core.Net;
using Calico.Core.Runtime.Generations;
using Calico.Sdk;
using Microsoft.Extensions.Logging;
using InterfaceKind = Calico.Core.Maps.Layout.InterfaceKind;
using LinkInfo = Calico.Core.Net.LinkInfo;

namespace Calico.Core.Runtime;

/// <summary>
/// The interfaces that have a chain: each gets its map entry and then its programs when it appears, and leaves nothing
/// behind when it goes. One writer; readers see a snapshot.
/// </summary>
internal sealed partial class Interfaces(
    InterfaceConfiguration configuration, InterfaceMap map, Attacher attacher, RtNetlink netlink, ILogger logger)
{
    private readonly Dictionary<int, ManagedInterface> _managed = [];
    private readonly Dictionary<int, string> _failures = [];
    private volatile IReadOnlyList<ManagedInterface> _snapshot = [];
    private IReadOnlyDictionary<string, Calico.Sdk.Net.MacAddress> _macs = new Dictionary<string, Calico.Sdk.Net.MacAddress>();

    /// <summary>All that have a chain now.</summary>
    public IReadOnlyList<ManagedInterface> All => _snapshot;

    /// <summary>Interfaces whose chain could not be attached, a sentence each.</summary>
    public IReadOnlyList<string> Failures
    {
        get
        {
            lock (_failures)
            {
                return [.. _failures.Values];
            }
        }
    }

    /// <summary>At the start: frees what an earlier agent left for interfaces that are gone.</summary>
    public void Begin(IReadOnlySet<int> present)
    {
        map.Forget(present);
        map.EnsureHost();
    }

    /// <summary>The hooks of a kind of interface.</summary>
    public static Hooks HooksOf(InterfaceKind kind) => kind switch
    {
        InterfaceKind.Workload => Hooks.WorkloadIngress | Hooks.WorkloadEgress,
        InterfaceKind.Host => Hooks.HostIngress | Hooks.HostEgress | Hooks.Xdp,
        InterfaceKind.Tunnel => Hooks.TunnelIngress,
        _ => Hooks.None,
    };

    /// <summary>
    /// An interface appeared or changed. Returns true where what is known of workloads' places has changed.
    /// </summary>
    public bool Changed(LinkInfo link, Generation generation)
    {
        if (KindOf(link) is not { } kind)
        {
            return _managed.ContainsKey(link.Index) && Removed(link.Index, isGone: false);
        }

        _managed.TryGetValue(link.Index, out var known);
        if (known is not null && known.Kind != kind)
        {
            Removed(link.Index, isGone: false);
            known = null;
        }

        // The end that stays gets no event when its peer moves to another namespace: ask again whenever it changes.
        link = netlink.GetLink(link.Index) ?? link;
        if (known is not null && known.Link == link)
        {
            return false;
        }

        var slot = WriteEntry(link, kind, isRedecided: false);
        if (known is null)
        {
            known = new ManagedInterface(link, kind, slot);
            _managed.Add(link.Index, known);
        }

        var placed = known.Link.Up != link.Up || known.Link.Name != link.Name || known.AttachPoints.Count == 0;
        known.Link = link;
        Attach(known, generation);
        Publish();
        return placed;
    }

    /// <summary>An interface is gone, or ours no more.</summary>
    public bool Removed(int ifindex, bool isGone)
    {
        if (!_managed.Remove(ifindex, out var known))
        {
            return false;
        }

        foreach (var point in known.AttachPoints)
        {
            // The kernel took the programs of an interface that is gone; the pin is ours to remove.
            Try(ifindex, () => point.Detach(), $"{known.Link.Name}: its chain could not be taken off", isQuiet: isGone);
        }

        lock (_failures)
        {
            _failures.Remove(ifindex);
        }

        map.Remove(ifindex);
        Publish();
        return true;
    }

    /// <summary>
    /// What resources say of workloads' MAC addresses: for interfaces whose other end the kernel cannot tell of (a tap, a
    /// bridge port). Without one, the neighbour table finds it.
    /// </summary>
    public void UseMacs(IReadOnlyDictionary<string, Calico.Sdk.Net.MacAddress> macs)
    {
        var before = _macs;
        _macs = macs;
        foreach (var known in _managed.Values.Where(known => known.Kind == InterfaceKind.Workload && !known.Link.HasPeerElsewhere))
        {
            if (!Equals(Find(before, known.Link.Name), Find(macs, known.Link.Name)))
            {
                WriteEntry(known.Link, known.Kind, isRedecided: true);
            }
        }

        static Calico.Sdk.Net.MacAddress? Find(IReadOnlyDictionary<string, Calico.Sdk.Net.MacAddress> macs, string name) =>
            macs.TryGetValue(name, out var mac) ? mac : null;
    }

    /// <summary>Flows through the interface are decided again.</summary>
    public void Redecide(int ifindex) => map.Redecide(ifindex);

    /// <summary>Flows through the node's uplinks, tunnels and the node itself are decided again.</summary>
    public void RedecideHost()
    {
        map.WriteHost();
        foreach (var known in _managed.Values.Where(known => known.Kind != InterfaceKind.Workload))
        {
            map.Redecide(known.Link.Index);
        }
    }

    /// <summary>All flows are decided again with their next packet.</summary>
    public void RedecideAll()
    {
        map.WriteHost();
        foreach (var ifindex in _managed.Keys)
        {
            map.Redecide(ifindex);
        }
    }

    /// <summary>Interface index and hook of everything that is attached.</summary>
    public IReadOnlySet<(int Ifindex, Hooks Hook)> AttachPoints =>
        All.SelectMany(known => known.AttachPoints.Select(point => (known.Link.Index, point.Hook))).ToHashSet();

    /// <summary>Lets go of everything; what is attached stays in force.</summary>
    public void Release()
    {
        foreach (var point in _managed.Values.SelectMany(known => known.AttachPoints))
        {
            point.Release();
        }
    }

    private InterfaceKind? KindOf(LinkInfo link) => link.LoopBack ? null : configuration.KindOf(link.Name) switch
    {
        Configuration.InterfaceKind.Workload => InterfaceKind.Workload,
        Configuration.InterfaceKind.Host => InterfaceKind.Host,
        Configuration.InterfaceKind.Tunnel => InterfaceKind.Tunnel,
        _ => null,
    };

    private int WriteEntry(LinkInfo link, InterfaceKind kind, bool isRedecided) =>
        map.Write(link, kind, kind == InterfaceKind.Workload ? PeerMacOf(link) : null, isRedecided);

    private MacAddress? PeerMacOf(LinkInfo link)
    {
        if (netlink.TryGetPeerMac(link) is { } told)
        {
            return told;
        }

        if (!_macs.TryGetValue(link.Name, out var mac))
        {
            return null;
        }

        Span<byte> bytes = stackalloc byte[MacAddress.Length];
        mac.WriteTo(bytes);
        return new MacAddress(bytes);
    }

    // The entry stands before the programs do: a program that does not know its interface drops.
    private void Attach(ManagedInterface known, Generation generation)
    {
        foreach (var (hook, loaded) in generation.Hooks)
        {
            if ((HooksOf(known.Kind) & hook) == 0 || known.AttachPoints.Any(point => point.Hook == hook))
            {
                continue;
            }

            Try(known.Link.Index, () => known.Add(attacher.Attach(loaded.Entry, known.Link.Index, hook)),
                $"{known.Link.Name}: its {loaded.Plan.Name} chain could not be attached", isQuiet: false);
        }
    }

    private void Try(int ifindex, Action action, string what, bool isQuiet)
    {
        try
        {
            action();
        }
        catch (Exception failure) when (failure is BpfException or IOException)
        {
            // Between an event and its handling the interface may have gone.
            if (isQuiet || netlink.GetLink(ifindex) is null)
            {
                return;
            }

            lock (_failures)
            {
                _failures[ifindex] = $"{what}: {failure.Message}";
            }

            logger.LogError("{What}: {Reason}", what, failure.Message);
        }
    }

    private void Publish() => _snapshot = [.. _managed.Values];
}
