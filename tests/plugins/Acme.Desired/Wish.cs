using Calico.Sdk.Resources;

namespace Acme.Desired;

/// <summary>A kind of the plugin's own.</summary>
public sealed record Wish(ObjectMeta Metadata, string Value) : IResource
{
    public static ResourceKind<Wish> Kind { get; } = Named("Wish");

    public static ResourceKind<Wish> Named(string kind) => new(
        "acme.example/v1", kind, isNamespaced: false, (document, metadata) =>
        {
            FieldReader spec = document.Required("spec");
            return new Wish(metadata, spec.RequiredText("value"));
        });
}
