namespace Calico.Sdk.Resources;

/// <summary>A workload's connection to the network: the interface on its node, and the addresses behind it.</summary>
/// <param name="Metadata">Name, namespace, labels and so on.</param>
/// <param name="Spec">What was asked for.</param>
public sealed record WorkloadEndpoint(ObjectMeta Metadata, WorkloadEndpointSpec Spec) : IResource
{
    /// <summary>The kind, for the resource store.</summary>
    public static ResourceKind<WorkloadEndpoint> Kind { get; } =
        new(CalicoKinds.ApiVersion, nameof(WorkloadEndpoint), isNamespaced: true, Parse);

    private static WorkloadEndpoint Parse(FieldReader document, ObjectMeta metadata) =>
        new(metadata, WorkloadEndpointSpec.Read(document.Required("spec")));
}
