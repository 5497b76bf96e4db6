using System.Globalization;
using System.Runtime.InteropServices;

namespace Calico.Benchmarks.Reporting;

/// <summary>Says on what machine the rows were measured, and how busy that was.</summary>
internal static class MachineLine
{
    public static string Text()
    {
        var model = File.ReadLines("/proc/cpuinfo")
            .FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':', 2)[1].Trim() ?? "unknown processor";
        var load = File.ReadAllText("/proc/loadavg").Split(' ')[0];
        var kernel = File.ReadAllText("/proc/sys/kernel/osrelease").Trim();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{model}, {Environment.ProcessorCount} processors, Linux {kernel} {RuntimeInformation.ProcessArchitecture}, load {load} at the end");
    }
}
