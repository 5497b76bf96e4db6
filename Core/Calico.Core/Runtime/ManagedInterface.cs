using Calico.Core.Attach;
using Calico.Core.Maps.Layout;
using LinkInfo = Calico.Core.Net.LinkInfo;

namespace Calico.Core.Runtime;

/// <summary>An interface with a chain, as it is now.</summary>
internal sealed class ManagedInterface(LinkInfo link, InterfaceKind kind, int slot)
{
    public LinkInfo Link { get; set; } = link;

    public InterfaceKind Kind { get; } = kind;

    public int Slot { get; set; } = slot;

    /// <summary>What is attached. Replaced, never changed: reports read it in other threads.</summary>
    public IReadOnlyList<AttachPoint> AttachPoints { get; private set; } = [];

    public void Add(AttachPoint point) => AttachPoints = [.. AttachPoints, point];

    public void Remove(AttachPoint point) => AttachPoints = [.. AttachPoints.Where(other => other != point)];
}
