using System.Net;
using Calico.Sdk.Net;

namespace Calico.Sdk.Resources;

/// <summary>What an address of a node is for.</summary>
public enum NodeAddressType
{
    /// <summary>The address that Calico uses for the node.</summary>
    CalicoNodeIP,

    /// <summary>An address within the cluster.</summary>
    InternalIP,

    /// <summary>An address that the outside knows.</summary>
    ExternalIP,
}

/// <summary>An address of a node.</summary>
/// <param name="Address">The address.</param>
/// <param name="Type">What it is for; null if the resource does not say.</param>
public sealed record NodeAddress(IPAddress Address, NodeAddressType? Type)
{
    internal static NodeAddress Read(FieldReader entry)
    {
        if (!entry.Has("address"))
        {
            entry.Error("address", "is required");
        }

        // Calico writes some of these with a prefix length, which says nothing here.
        return new NodeAddress(
            entry.ParsedObject<InterfaceAddress>("address", InterfaceAddress.TryParse)?.Address ?? IPAddress.None,
            entry.Enum<NodeAddressType>("type"));
    }
}
