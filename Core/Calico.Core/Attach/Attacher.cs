using Calico.Core.Bpf;
using Calico.Core.Configuration;
using Calico.Sdk;

namespace Calico.Core.Attach;

/// <summary>Puts programs on interfaces, by the way that configuration and kernel allow.</summary>
public sealed class Attacher
{
    private readonly AttachConfiguration _configuration;
    private readonly string _folder;

    /// <param name="configuration">What was asked for.</param>
    /// <param name="features">What the kernel can.</param>
    /// <param name="folder">Where links are pinned.</param>
    /// <exception cref="NotSupportedException">TCX was asked for and the kernel has none.</exception>
    public Attacher(AttachConfiguration configuration, KernelFeatures features, string folder)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(features);
        _configuration = configuration;
        _folder = folder;
        Directory.CreateDirectory(folder);
        UsesTcx = configuration.Mode != AttachMode.Clsact && features.Tcx;
        if (configuration.Mode == AttachMode.Tcx && !UsesTcx)
        {
            throw new NotSupportedException(
                "The configuration asks for attach.mode: tcx, but this kernel has no TCX (Linux 6.6 and later have); use auto or clsact.");
        }
    }

    /// <summary>TCX links; otherwise clsact filters.</summary>
    public bool UsesTcx { get; }

    /// <summary>How a hook is attached, for reports.</summary>
    public string Name => UsesTcx ? "tcx" : "clsact";

    /// <summary>Attaches a program to a hook of an interface, or takes over what an earlier agent attached there.</summary>
    /// <exception cref="BpfException">The kernel refused.</exception>
    public AttachPoint Attach(BpfProgram program, int ifindex, Hooks hook)
    {
        if (hook == Hooks.Xdp)
        {
            return LinkAttachPoint.Attach(program, ifindex, hook, PinOf(ifindex, PlaceOf(hook)), () => AttachXdp(program, ifindex));
        }

        var direction = (hook & Hooks.Egress) != 0 ? TcDirection.Egress : TcDirection.Ingress;
        var pin = PinOf(ifindex, PlaceOf(hook));
        var filter = new ClsactFilter(ifindex, direction, _configuration.ClsactPriority, _configuration.ClsactHandle);
        if (!UsesTcx)
        {
            var attached = new FilterAttachPoint(program, hook, filter);
            File.Delete(pin); // of an agent that used TCX: after, so that there is never nothing
            return attached;
        }

        var link = LinkAttachPoint.Attach(program, ifindex, hook, pin, () => BpfLink.AttachTcx(program, ifindex, direction));
        if (filter.Query() is not null)
        {
            filter.Detach(); // of an agent that used clsact
        }

        return link;
    }

    /// <summary>
    /// Detaches what an earlier agent attached and this one has not taken over: interfaces that are gone or ours no more,
    /// hooks that no longer have a chain.
    /// </summary>
    /// <param name="kept">Interface index and hook of what is attached now.</param>
    public void RetireOthers(IReadOnlySet<(int Ifindex, Hooks Hook)> kept)
    {
        ArgumentNullException.ThrowIfNull(kept);
        var pins = kept.Select(point => PinOf(point.Ifindex, PlaceOf(point.Hook))).ToHashSet(StringComparer.Ordinal);
        foreach (var pin in Directory.EnumerateFiles(_folder).Where(pin => !pins.Contains(pin)).ToList())
        {
            File.Delete(pin);
        }
    }

    private static string PlaceOf(Hooks hook) => hook == Hooks.Xdp ? "xdp" : (hook & Hooks.Egress) != 0 ? "egress" : "ingress";

    private string PinOf(int ifindex, string place) => Path.Combine(_folder, $"{ifindex}-{place}");

    private BpfLink AttachXdp(BpfProgram program, int ifindex)
    {
        if (_configuration.Xdp is Configuration.XdpMode.Native)
        {
            return BpfLink.AttachXdp(program, ifindex, Bpf.XdpMode.Native);
        }

        if (_configuration.Xdp is Configuration.XdpMode.Auto)
        {
            try
            {
                return BpfLink.AttachXdp(program, ifindex, Bpf.XdpMode.Native);
            }
            catch (BpfException)
            {
                // The driver has no XDP of its own: the kernel's generic one serves, later in the path.
            }
        }

        return BpfLink.AttachXdp(program, ifindex, Bpf.XdpMode.Generic);
    }
}
