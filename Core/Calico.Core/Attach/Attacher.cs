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
            return LinkAttachPoint.Attach(program, ifindex, hook, PinOf(ifindex, "xdp"), () => AttachXdp(program, ifindex));
        }

        var direction = (hook & Hooks.Egress) != 0 ? TcDirection.Egress : TcDirection.Ingress;
        return UsesTcx
            ? LinkAttachPoint.Attach(
                program, ifindex, hook, PinOf(ifindex, direction == TcDirection.Egress ? "egress" : "ingress"),
                () => BpfLink.AttachTcx(program, ifindex, direction))
            : new FilterAttachPoint(program, ifindex, hook, _configuration.ClsactPriority, _configuration.ClsactHandle);
    }

    /// <summary>Whether an earlier agent attached something there: then it is in force already.</summary>
    public bool IsPinned(int ifindex, Hooks hook) => UsesTcx && File.Exists(PinOf(ifindex, (hook & Hooks.Egress) != 0 ? "egress" : "ingress"));

    /// <summary>Removes the pins of interfaces that are gone.</summary>
    public void Forget(IReadOnlySet<int> present)
    {
        ArgumentNullException.ThrowIfNull(present);
        foreach (var pin in Directory.EnumerateFiles(_folder))
        {
            if (!int.TryParse(Path.GetFileName(pin).Split('-')[0], out var ifindex) || !present.Contains(ifindex))
            {
                File.Delete(pin);
            }
        }
    }

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
