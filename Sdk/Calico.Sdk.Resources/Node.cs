namespace Calico.Sdk.Resources;

/// <summary>A machine of the cluster.</summary>
/// <param name="Metadata">Name, labels and so on.</param>
/// <param name="Spec">What was asked for.</param>
public sealed record Node(ObjectMeta Metadata, NodeSpec Spec) : IResource
{
    /// <summary>The kind, for the resource store.</summary>
    public static ResourceKind<Node> Kind { get; } = new(CalicoKinds.ApiVersion, nameof(Node), isNamespaced: false, Parse);

    private static Node Parse(FieldReader document, ObjectMeta metadata)
    {
        document.Ignore("status");
        return new Node(metadata, NodeSpec.Read(document.Optional("spec")));
    }
}
