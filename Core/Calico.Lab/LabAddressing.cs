using System.Net;
using System.Security.Cryptography;
using System.Text;
using Calico.Core.Net;

namespace Calico.Lab;

/// <summary>Who has which name and address. Nodes and workloads count from 1; a reader can tell both from an address.</summary>
public static class LabAddressing
{
    /// <summary>As many nodes as the address plan has room for.</summary>
    public const int MaxNodes = 150;

    /// <summary>As many workloads on a node as the address plan has room for.</summary>
    public const int MaxWorkloads = 65_000;

    // Beyond this a workload's IPv4 address is in the node's second, larger block.
    private const int FirstBlock = 254;
    private const int InterfaceNameLength = 15;

    /// <summary>The gateway of every workload, which no interface has: the node answers for it.</summary>
    public static IPAddress WorkloadGateway4 { get; } = IPAddress.Parse("169.254.1.1");

    /// <summary>The Ethernet address of the node's end of every workload's veth.</summary>
    public static MacAddress HostSideMac { get; } = MacAddress.Parse("ee:ee:ee:ee:ee:ee");

    /// <summary>The link-local address that the kernel derives from <see cref="HostSideMac"/>.</summary>
    public static IPAddress WorkloadGateway6 { get; } = IPAddress.Parse("fe80::ecee:eeff:feee:eeee");

    /// <summary>The fabric's own address on an uplink's network: the nodes' default gateway, and a host outside.</summary>
    public static IPAddress Fabric4(int uplink) => Uplink4(uplink, 254);

    /// <summary>The same for IPv6.</summary>
    public static IPAddress Fabric6(int uplink) => Uplink6(uplink, 0xfe);

    /// <summary>A node's IPv4 address on uplink 0 (10.90.0.N) or 1 (10.92.0.N), in a /24.</summary>
    public static IPAddress Uplink4(int uplink, int node) => IPAddress.Parse($"10.{90 + (2 * uplink)}.0.{node}");

    /// <summary>A node's IPv6 address on uplink 0 (fd00:90::N) or 1 (fd00:92::N), in a /64.</summary>
    public static IPAddress Uplink6(int uplink, int node) => IPAddress.Parse($"fd00:{90 + (2 * uplink)}::{node:x}");

    /// <summary>The Ethernet address of a node's uplink.</summary>
    public static MacAddress UplinkMac(int uplink, int node) => new([2, 0x90, 0, (byte)uplink, 0, (byte)node]);

    /// <summary>A workload's IPv4 address: 10.91.N.M, and from the 255th on 10.(100+N).x.y.</summary>
    public static IPAddress Workload4(int node, int workload) => workload <= FirstBlock
        ? new IPAddress([10, 91, (byte)node, (byte)workload])
        : new IPAddress([10, (byte)(100 + node), (byte)(workload >> 8), (byte)workload]);

    /// <summary>A workload's IPv6 address: fd00:91:N::M.</summary>
    public static IPAddress Workload6(int node, int workload) => IPAddress.Parse($"fd00:91:{node:x}::{workload:x}");

    /// <summary>The Ethernet address of a workload.</summary>
    public static MacAddress WorkloadMac(int node, int workload) => new([2, 0x91, 0, (byte)node, (byte)(workload >> 8), (byte)workload]);

    /// <summary>All networks from which the workloads of a node have their addresses.</summary>
    public static IReadOnlyList<IPNetwork> WorkloadBlocks(int node) =>
    [
        IPNetwork.Parse($"10.91.{node}.0/24"),
        IPNetwork.Parse($"10.{100 + node}.0.0/16"),
        IPNetwork.Parse($"fd00:91:{node:x}::/48"),
    ];

    /// <summary>
    /// The name of the node's end of a workload's veth: <c>cali</c>, node and workload where that fits into an
    /// interface name, else <c>cali</c> and eleven digits of a hash, as Calico names them.
    /// </summary>
    public static string HostInterface(string node, string workload)
    {
        var readable = $"cali{node}{workload}";
        return readable.Length <= InterfaceNameLength && workload.All(char.IsAsciiLetterOrDigit)
            ? readable
            : "cali" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{node}/{workload}")))[..11];
    }
}
