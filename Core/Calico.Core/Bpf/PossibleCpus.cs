using Calico.Core.Interop;

namespace Calico.Core.Bpf;

/// <summary>The number of CPUs that the kernel could ever bring up: a per-CPU value has as many copies.</summary>
public static class PossibleCpus
{
    private static readonly Lazy<int> _count = new(() =>
    {
        LibBpfOutput.Capture();
        return BpfException.ThrowIfError(LibBpf.libbpf_num_possible_cpus(), "count the possible CPUs from", "/sys/devices/system/cpu/possible");
    });

    /// <summary>The count; it does not change while the machine runs.</summary>
    public static int Count => _count.Value;
}
