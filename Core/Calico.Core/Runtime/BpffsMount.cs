namespace Calico.Core.Runtime;

/// <summary>Whether a folder lies on a BPF file system, which pins need.</summary>
public static class BpffsMount
{
    /// <exception cref="DirectoryNotFoundException">It does not; the message says what to do.</exception>
    public static void Require(string folder)
    {
        if (!File.ReadLines("/proc/self/mounts")
            .Select(line => line.Split(' '))
            .Any(mount => mount is [_, var point, "bpf", ..] && (folder == point || folder.StartsWith(point + "/", StringComparison.Ordinal))))
        {
            throw new DirectoryNotFoundException(
                $"{folder} is not on a BPF file system, so nothing can be pinned there; mount one: mount -t bpf bpf /sys/fs/bpf");
        }
    }
}
