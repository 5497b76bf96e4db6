using Calico.Sdk;

namespace Calico.Core.Maps.Layout;

/// <summary>The addresses and ports that a translated flow's packets get, network byte order.</summary>
[CName("flow_rewrite")]
public struct FlowRewrite
{
    public AddressWords Source;
    public AddressWords Destination;
    public ushort SourcePort;
    public ushort DestinationPort;
    public uint Reserved;
}
