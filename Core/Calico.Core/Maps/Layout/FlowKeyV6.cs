using Calico.Sdk;

namespace Calico.Core.Maps.Layout;

/// <summary>The direction-neutral key of an IPv6 flow; see <see cref="FlowKeyV4"/>.</summary>
[CName("flow_key_v6")]
public struct FlowKeyV6
{
    public AddressWords LowAddress;
    public AddressWords HighAddress;
    public ushort LowPort;
    public ushort HighPort;
    public uint Protocol;
}
