using Calico.Sdk.Resources;

namespace Acme.Obedient;

/// <summary>A kind that the plugin "desired" brings too.</summary>
public sealed record Wish(ObjectMeta Metadata) : IResource
{
    public static ResourceKind<Wish> Kind { get; } = new("acme.example/v1", "Wish", isNamespaced: false, (_, metadata) => new Wish(metadata));
}
