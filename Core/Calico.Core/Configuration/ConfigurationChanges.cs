namespace Calico.Core.Configuration;

/// <summary>Compares two readings of a configuration.</summary>
internal static class ConfigurationChanges
{
    /// <summary>Fields that differ and that only a restart of the agent puts in force.</summary>
    public static IReadOnlyList<string> NeedRestart(AgentConfiguration before, AgentConfiguration after)
    {
        (string Field, bool IsSame)[] fields =
        [
            ("instance", before.Instance == after.Instance),
            ("node", before.NodeName == after.NodeName),
            ("interfaces", Same(before.Interfaces, after.Interfaces)),
            ("attach", before.Attach == after.Attach),
            ("resources", before.ResourceFolder == after.ResourceFolder),
            ("flowTable", before.FlowTable == after.FlowTable),
            ("mark", before.Mark == after.Mark),
            ("hostRouting", before.HostRouting == after.HostRouting),
            ("dhcp", before.Dhcp == after.Dhcp),
            ("guard", before.Guard == after.Guard),
            ("paths", before.Paths == after.Paths),
        ];
        return [.. fields.Where(field => !field.IsSame).Select(field => field.Field)];
    }

    private static bool Same(InterfaceConfiguration before, InterfaceConfiguration after) =>
        before.Workload.SequenceEqual(after.Workload) && before.Host.SequenceEqual(after.Host) && before.Tunnel.SequenceEqual(after.Tunnel);
}
