using System.Runtime.InteropServices;

[assembly: DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]

namespace Calico.Lab.Interop;

/// <summary>Signals to a whole process group, which System.Diagnostics.Process cannot send.</summary>
internal static partial class ProcessSignal
{
    /// <summary>Signals every process of the group; one that has ended already is not an error.</summary>
    internal static void ToGroup(int leader, LabSignal signal)
    {
        // kill(-1) and kill(0) mean "everybody" and "my own group".
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(leader, 1);
        _ = Kill(-leader, (int)signal);
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int target, int signal);
}
