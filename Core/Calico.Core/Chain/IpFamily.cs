namespace Calico.Core.Chain;

/// <summary>Templates are rendered once for each; the value is what the version field of the header holds.</summary>
public enum IpFamily
{
    /// <summary>IPv4.</summary>
    IPv4 = 4,

    /// <summary>IPv6.</summary>
    IPv6 = 6,
}
