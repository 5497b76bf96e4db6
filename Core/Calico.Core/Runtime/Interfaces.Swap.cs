using Calico.Core.Attach;
using Calico.Core.Bpf;
using Calico.Core.Runtime.Generations;

namespace Calico.Core.Runtime;

/// <content>From one generation to another.</content>
internal sealed partial class Interfaces
{
    /// <summary>
    /// Puts another generation's programs in place, interface by interface, each in one step: all of them, or as it was.
    /// </summary>
    /// <exception cref="BpfException">The kernel refused one; those before it have their old programs again.</exception>
    public void Swap(Generation before, Generation next)
    {
        using var undo = new SwapUndo(logger);
        // 1. What only the new one has, an XDP program say, is all that can well fail: it comes first.
        foreach (var known in _managed.Values)
        {
            foreach (var (hook, loaded) in next.Hooks.Where(chain => (HooksOf(known.Kind) & chain.Key) != 0 && !before.Hooks.ContainsKey(chain.Key)))
            {
                Unless(IsGone(known), () =>
                {
                    var added = attacher.Attach(loaded.Entry, known.Link.Index, hook);
                    known.Add(added);
                    undo.Add(() => TakeOff(known, added));
                });
            }
        }

        // 2. What both have.
        foreach (var known in _managed.Values)
        {
            foreach (var point in known.AttachPoints.Where(point => before.Hooks.ContainsKey(point.Hook) && next.Hooks.ContainsKey(point.Hook)))
            {
                Unless(IsGone(known), () =>
                {
                    point.Swap(next.Hooks[point.Hook].Entry);
                    undo.Add(() => point.Swap(before.Hooks[point.Hook].Entry));
                });
            }
        }

        undo.Forget();
        // 3. What only the old one had.
        foreach (var (known, point) in _managed.Values.SelectMany(known => known.AttachPoints.Select(point => (known, point))).ToList())
        {
            if (!next.Hooks.ContainsKey(point.Hook))
            {
                Try(known.Link.Index, () => TakeOff(known, point), $"{known.Link.Name}: a chain that is no more could not be taken off", isQuiet: false);
            }
        }
    }

    private static void TakeOff(ManagedInterface known, AttachPoint point)
    {
        known.Remove(point);
        point.Detach();
    }

    // Between an event and its handling the interface may have gone, and its programs with it.
    private Func<bool> IsGone(ManagedInterface known) => () => netlink.GetLink(known.Link.Index) is null;

    private static void Unless(Func<bool> isGone, Action action)
    {
        try
        {
            action();
        }
        catch (BpfException) when (isGone())
        {
            // Its event is on the way.
        }
    }
}
