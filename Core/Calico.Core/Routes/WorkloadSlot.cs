namespace Calico.Core.Routes;

/// <summary>A workload's interface as it is now.</summary>
/// <param name="Ifindex">The kernel's index.</param>
/// <param name="Slot">Its slot in the interface map.</param>
/// <param name="IsUp">Whether the kernel takes routes through it.</param>
public sealed record WorkloadSlot(int Ifindex, int Slot, bool IsUp);
