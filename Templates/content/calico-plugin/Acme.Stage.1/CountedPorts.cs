using Calico.Sdk.Resources;

namespace Acme.RootNamespace;

/// <summary>Which ports are counted: a kind of resource of this plugin's own.</summary>
/// <remarks>
/// <code>
/// apiVersion: acme-stage-1.example.com/v1
/// kind: CountedPorts
/// metadata: { name: web }
/// spec: { ports: [80, 443] }
/// </code>
/// </remarks>
/// <param name="Metadata">Name, labels and so on.</param>
/// <param name="Ports">Destination ports, in host byte order.</param>
public sealed record CountedPorts(ObjectMeta Metadata, IReadOnlyList<ushort> Ports) : IResource
{
    /// <summary>The kind: what documents call it, and how one is read.</summary>
    public static ResourceKind<CountedPorts> Kind { get; } = new("acme-stage-1.example.com/v1", nameof(CountedPorts), isNamespaced: false, Parse);

    // What is wrong is recorded with its file, line and field; a field that is not asked for is refused.
    private static CountedPorts Parse(FieldReader document, ObjectMeta metadata) =>
        new(metadata, document.Required("spec").ParsedList<ushort>("ports", TryParsePort));

    private static bool TryParsePort(string text, out ushort port, [System.Diagnostics.CodeAnalysis.NotNullWhen(false)] out string? reason)
    {
        reason = ushort.TryParse(text, out port) && port > 0 ? null : "is not a port (1 to 65535)";
        return reason is null;
    }
}
