using Calico.Sdk;

namespace Calico.Core.Maps.Layout;

/// <summary>An IPv6 address as a key.</summary>
[CName("address_v6")]
public struct AddressKeyV6
{
    public AddressWords Words;
}
