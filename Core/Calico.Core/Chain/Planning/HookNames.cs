using Calico.Sdk;

namespace Calico.Core.Chain.Planning;

/// <summary>The single hooks and their names in C.</summary>
internal static class HookNames
{
    public static IReadOnlyList<Hooks> All { get; } =
        [Hooks.WorkloadIngress, Hooks.WorkloadEgress, Hooks.HostIngress, Hooks.HostEgress, Hooks.TunnelIngress, Hooks.Xdp];

    public static string Of(Hooks hook) => hook switch
    {
        Hooks.WorkloadIngress => "workload_ingress",
        Hooks.WorkloadEgress => "workload_egress",
        Hooks.HostIngress => "host_ingress",
        Hooks.HostEgress => "host_egress",
        Hooks.TunnelIngress => "tunnel_ingress",
        Hooks.Xdp => "xdp",
        _ => throw new ArgumentOutOfRangeException(nameof(hook), hook, "One hook is expected, not a combination."),
    };
}
