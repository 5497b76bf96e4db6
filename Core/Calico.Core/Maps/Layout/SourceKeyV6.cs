using Calico.Sdk;

namespace Calico.Core.Maps.Layout;

/// <summary>See <see cref="SourceKeyV4"/>.</summary>
[CName("source_v6")]
public struct SourceKeyV6
{
    public uint Length;
    public uint Slot;
    public AddressWords Address;
}
