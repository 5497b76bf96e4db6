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

    public List<AttachPoint> AttachPoints { get; } = [];
}
