namespace Calico.Sdk.Resources;

/// <summary>The kinds of this package, for whoever runs a resource store.</summary>
public static class CalicoKinds
{
    /// <summary>The group and version of Calico's own resources.</summary>
    public const string ApiVersion = "projectcalico.org/v3";

    /// <summary>All kinds of this package.</summary>
    public static IReadOnlyList<ResourceKind> All { get; } = [WorkloadEndpoint.Kind, Node.Kind];
}
