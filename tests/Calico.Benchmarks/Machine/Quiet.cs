namespace Calico.Benchmarks.Machine;

/// <summary>What would falsify every number, looked at before the first is taken.</summary>
internal static class Quiet
{
    public static void Check()
    {
        if (Environment.UserName != "root")
        {
            throw new InvalidOperationException("The benchmarks load eBPF programs and make network namespaces: run them as root.");
        }

        if (Read("/proc/sys/kernel/bpf_stats_enabled") != "0")
        {
            throw new InvalidOperationException("The statistics of eBPF programs are on, which adds about 50 ns to every run: sysctl kernel.bpf_stats_enabled=0.");
        }

        if (Read("/proc/sys/net/core/bpf_jit_enable") is "0")
        {
            throw new InvalidOperationException("The kernel interprets eBPF: sysctl net.core.bpf_jit_enable=1.");
        }
    }

    private static string? Read(string path) => File.Exists(path) ? File.ReadAllText(path).Trim() : null;
}
