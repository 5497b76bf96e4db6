using System.Globalization;

namespace Calico.Benchmarks.Scale;

/// <summary>What the kernel holds for itself, of which links, pins and map entries are a part.</summary>
internal static class KernelMemory
{
    private static readonly string[] s_parts = ["Slab:", "VmallocUsed:", "Percpu:", "KernelStack:", "PageTables:"];

    /// <summary>Of the whole machine: others who come and go meanwhile are in it.</summary>
    public static double KiB => File.ReadLines("/proc/meminfo")
        .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .Where(words => s_parts.Contains(words[0]))
        .Sum(words => double.Parse(words[1], CultureInfo.InvariantCulture));
}
