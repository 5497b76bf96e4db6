using Calico.Core.Bpf;
using Calico.Sdk;

namespace Calico.Core.Attach;

/// <summary>A pinned BPF link: TCX, or XDP.</summary>
public sealed class LinkAttachPoint : AttachPoint
{
    private readonly BpfLink _link;
    private readonly string _pin;

    private LinkAttachPoint(Hooks hook, BpfLink link, string pin)
        : base(hook)
    {
        _link = link;
        _pin = pin;
    }

    /// <summary>
    /// Attaches, or adopts what an earlier agent pinned there and swaps its program.
    /// </summary>
    /// <param name="program">The entry program.</param>
    /// <param name="ifindex">The interface.</param>
    /// <param name="hook">The hook.</param>
    /// <param name="pin">Where the link is pinned.</param>
    /// <param name="attach">Makes a new link.</param>
    /// <exception cref="BpfException">The kernel refused.</exception>
    public static LinkAttachPoint Attach(BpfProgram program, int ifindex, Hooks hook, string pin, Func<BpfLink> attach)
    {
        ArgumentNullException.ThrowIfNull(attach);
        if (Adopt(pin, ifindex) is { } adopted)
        {
            adopted.Update(program);
            return new LinkAttachPoint(hook, adopted, pin);
        }

        var link = attach();
        try
        {
            link.Pin(pin);
            return new LinkAttachPoint(hook, link, pin);
        }
        catch
        {
            link.Dispose();
            throw;
        }
    }

    // A pin whose interface has gone (its index may belong to another by now) holds nothing.
    private static BpfLink? Adopt(string pin, int ifindex)
    {
        if (!File.Exists(pin))
        {
            return null;
        }

        var link = BpfLink.OpenPinned(pin);
        if (link.Info().Ifindex == ifindex)
        {
            return link;
        }

        link.Dispose();
        File.Delete(pin);
        return null;
    }

    public override void Swap(BpfProgram program) => _link.Update(program);

    public override void Detach()
    {
        File.Delete(_pin);
        _link.Dispose();
    }

    public override void Release() => _link.Dispose();
}
