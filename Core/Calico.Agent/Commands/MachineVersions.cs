using Calico.Core.Bpf;
using Calico.Core.Compile;

namespace Calico.Agent.Commands;

/// <summary>Versions of what this machine brings; null = not installed.</summary>
internal static class MachineVersions
{
    public static string? LibBpf() => LibBpfVersion.Read();

    /// <summary>The clang that programs would be compiled with.</summary>
    public static string? Clang()
    {
        try
        {
            return ClangToolchain.Find().VersionText;
        }
        catch (ClangNotFoundException)
        {
            return null;
        }
    }

    public static string Kernel() => File.ReadAllText("/proc/sys/kernel/osrelease").Trim();
}
