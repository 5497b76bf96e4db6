using System.Net;
using System.Net.Sockets;
using Calico.Sdk.Net;

namespace Calico.Sdk.Resources;

/// <summary>What a <see cref="WorkloadEndpoint"/> asks for.</summary>
public sealed record WorkloadEndpointSpec
{
    /// <summary>The name of the node that the workload runs on.</summary>
    public required string Node { get; init; }

    /// <summary>The interface on the node that leads to the workload.</summary>
    public required string InterfaceName { get; init; }

    /// <summary>Who started the workload, such as <c>k8s</c>.</summary>
    public string? Orchestrator { get; init; }

    /// <summary>The workload's name with orchestrators that have no pods.</summary>
    public string? Workload { get; init; }

    /// <summary>The pod's name with Kubernetes.</summary>
    public string? Pod { get; init; }

    /// <summary>The name of the endpoint within the workload, usually the interface's name inside it.</summary>
    public string? Endpoint { get; init; }

    /// <summary>The container's identity with the container runtime.</summary>
    public string? ContainerId { get; init; }

    /// <summary>The service account that the workload runs under.</summary>
    public string? ServiceAccountName { get; init; }

    /// <summary>The Ethernet address of the interface inside the workload; null if it is to be learned.</summary>
    public MacAddress? Mac { get; init; }

    /// <summary>The workload's own addresses, each /32 or /128.</summary>
    public IReadOnlyList<IpNetwork> IpNetworks { get; init; } = [];

    /// <summary>The IPv4 address that the workload uses as its gateway; null for Calico's 169.254.1.1.</summary>
    public IPAddress? IPv4Gateway { get; init; }

    /// <summary>The IPv6 address that the workload uses as its gateway; null for the interface's link-local address.</summary>
    public IPAddress? IPv6Gateway { get; init; }

    /// <summary>The names of the profiles that apply after all policy, in order.</summary>
    public IReadOnlyList<string> Profiles { get; init; } = [];

    /// <summary>Ports with names that policies may use.</summary>
    public IReadOnlyList<EndpointPort> Ports { get; init; } = [];

    /// <summary>Source addresses that the workload may send from besides its own.</summary>
    public IReadOnlyList<IpNetwork> AllowSpoofedSourcePrefixes { get; init; } = [];

    internal static WorkloadEndpointSpec Read(FieldReader spec)
    {
        var read = new WorkloadEndpointSpec
        {
            Node = spec.RequiredText("node"),
            InterfaceName = spec.RequiredText("interfaceName"),
            Orchestrator = spec.Text("orchestrator"),
            Workload = spec.Text("workload"),
            Pod = spec.Text("pod"),
            Endpoint = spec.Text("endpoint"),
            ContainerId = spec.Text("containerID"),
            ServiceAccountName = spec.Text("serviceAccountName"),
            Mac = spec.Parsed<MacAddress>("mac", MacAddress.TryParse),
            IpNetworks = spec.Networks("ipNetworks"),
            IPv4Gateway = spec.Address("ipv4Gateway", AddressFamily.InterNetwork),
            IPv6Gateway = spec.Address("ipv6Gateway", AddressFamily.InterNetworkV6),
            Profiles = spec.Texts("profiles"),
            Ports = [.. spec.Mappings("ports").Select(EndpointPort.Read)],
            AllowSpoofedSourcePrefixes = spec.Networks("allowSpoofedSourcePrefixes"),
        };
        spec.WithoutEffect("ipNATs", "qosControls");
        read.CheckRules(spec);
        return read;
    }

    private void CheckRules(FieldReader spec)
    {
        if (InterfaceName.Length > 0 && !ResourceNames.TryParseInterface(InterfaceName, out _, out string? reason))
        {
            spec.Error("interfaceName", $"'{InterfaceName}' {reason}");
        }

        if (Mac is { IsGroup: true })
        {
            spec.Error("mac", $"'{Mac}' is the address of a group; an interface has one with the lowest bit of the first byte clear");
        }

        foreach (IpNetwork network in IpNetworks.Where(network => !network.IsSingleAddress))
        {
            spec.Error("ipNetworks", $"'{network}' is not one address (/32 or /128); a range belongs into allowSpoofedSourcePrefixes");
        }

        if (IpNetworks.Distinct().Count() != IpNetworks.Count)
        {
            spec.Error("ipNetworks", "holds the same address twice");
        }
    }
}
