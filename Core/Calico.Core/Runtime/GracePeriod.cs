using Calico.Core.Interop;

namespace Calico.Core.Runtime;

/// <summary>Waits until no CPU runs a program that it entered before.</summary>
/// <remarks>
/// When the last reference to a PROG_ARRAY goes, its slots empty at once, and packets still inside the old chain would
/// miss their calls. membarrier(2), MEMBARRIER_CMD_GLOBAL, returns after an RCU grace period.
/// </remarks>
public static class GracePeriod
{
    public static void Wait() => LibC.MembarrierGlobal();
}
