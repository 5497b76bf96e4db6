namespace Calico.Core.Runtime.Reports;

/// <summary>One interface with a chain.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Ifindex">The kernel's index.</param>
/// <param name="Kind"><c>workload</c>, <c>host</c> or <c>tunnel</c>.</param>
/// <param name="Slot">Its slot in the interface map.</param>
/// <param name="Endpoint">The workload endpoint that stands behind it, as <c>namespace/name</c>; null where none does.</param>
/// <param name="Addresses">The workload's addresses.</param>
/// <param name="Hooks">The hooks that have a chain.</param>
/// <param name="Attach">How they are attached: <c>tcx</c> or <c>clsact</c>.</param>
public sealed record InterfaceReport(
    string Name,
    uint Ifindex,
    string Kind,
    uint Slot,
    string? Endpoint,
    IReadOnlyList<string> Addresses,
    IReadOnlyList<string> Hooks,
    string Attach);
