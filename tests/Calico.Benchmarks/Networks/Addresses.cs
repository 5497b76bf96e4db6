using System.Net;
using Calico.Core.Net;

namespace Calico.Benchmarks.Networks;

/// <summary>Who has which address in a <see cref="BenchNetwork"/>.</summary>
internal static class Addresses
{
    public static MacAddress HostSide { get; } = MacAddress.Parse("ee:ee:ee:ee:ee:ee");

    public static IPAddress Gateway4 { get; } = IPAddress.Parse("169.254.1.1");

    public static IPAddress Gateway6 { get; } = IPAddress.Parse("fe80::1");

    /// <summary>The workload's address: 10.97.NODE.NUMBER.</summary>
    public static IPAddress Workload4(int node, int number) => IPAddress.Parse($"10.97.{node}.{number}");

    public static IPAddress Workload6(int node, int number) => IPAddress.Parse($"fd00:97:{node}::{number}");

    public static MacAddress WorkloadMac(int node, int number) => MacAddress.Parse($"02:97:00:00:0{node}:0{number}");

    public static IPAddress Node4(int node) => IPAddress.Parse($"10.98.0.{node}");

    public static IPAddress Node6(int node) => IPAddress.Parse($"fd00:98::{node}");

    public static MacAddress NodeMac(int node) => MacAddress.Parse($"02:98:00:00:00:0{node}");
}
