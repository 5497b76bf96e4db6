using Calico.Core.Maps;

namespace Calico.Node.Tests.Dataplane.Support;

/// <summary>The plugin that has two versions.</summary>
internal static class Revised
{
    public static string First { get; } = Built.TestPlugin("Acme.Revised");

    public static string Second { get; } = Built.TestPlugin("Acme.Revised.Second");

    /// <summary>With the flow counters and one version.</summary>
    public static AgentOptions With(string plugin, string more = "") => new() { Plugins = [Built.FlowCounters, plugin], More = more };

    /// <summary>A version that goes wrong.</summary>
    public static string Faulty(string folder, string fault) => $"{{ folder: {folder}, options: {{ fault: {fault} }} }}";

    /// <summary>How many packets a version has counted.</summary>
    public static ulong Counted(AgentUnderTest agent, uint version)
    {
        using var map = agent.Pinned("revised_packets");
        return new PerCpuMap<uint, ulong>(map)[version].Aggregate(0UL, (sum, count) => sum + count);
    }
}
