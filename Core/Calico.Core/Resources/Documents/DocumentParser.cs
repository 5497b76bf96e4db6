using System.Collections.Immutable;
using Calico.Sdk.Resources;

namespace Calico.Core.Resources.Documents;

/// <summary>Gives documents a meaning: finds the kind, reads metadata, lets the kind read the rest, collects what is wrong.</summary>
/// <remarks>A function of its input; it holds nothing.</remarks>
public sealed class DocumentParser(ResourceKinds kinds)
{
    // A list of lists is allowed; a list that is its own ancestor's item 64 levels down is not worth more code.
    private const int MaxListDepth = 4;

    /// <summary>Parses documents; each item of a <c>List</c> becomes a document of its own.</summary>
    public ImmutableArray<ParsedDocument> Parse(IEnumerable<ResourceNode> documents)
    {
        ArgumentNullException.ThrowIfNull(documents);
        ImmutableArray<ParsedDocument>.Builder parsed = ImmutableArray.CreateBuilder<ParsedDocument>();
        foreach (ResourceNode document in documents)
        {
            ParseOrUnfold(document, new DocumentType(null, null), depth: 0, parsed);
        }

        return parsed.ToImmutable();
    }

    private void ParseOrUnfold(ResourceNode node, DocumentType fallback, int depth, ImmutableArray<ParsedDocument>.Builder parsed)
    {
        var problems = new ProblemList();
        FieldReader document = FieldReader.Of(node, problems);
        // In a WorkloadEndpointList the items may leave out what the list's name says.
        var type = new DocumentType(document.Text("apiVersion") ?? fallback.ApiVersion, document.Text("kind") ?? fallback.Kind);
        if (type.IsList && depth < MaxListDepth)
        {
            Unfold(document, type, depth, parsed);
        }
        else
        {
            parsed.Add(ParseOne(node, document, type, problems));
        }
    }

    private void Unfold(FieldReader list, DocumentType type, int depth, ImmutableArray<ParsedDocument>.Builder parsed)
    {
        ResourceNode? items = list.Node("items");
        list.Ignore("metadata");
        if (items is not null and not SequenceNode)
        {
            list.Error("items", $"must be a list, but is {items.Description}");
        }

        list.RefuseUnknownFields();
        if (list.Problems.Problems.Count > 0)
        {
            SourcePosition position = list.Position;
            parsed.Add(new ParsedDocument(
                new MappingNode([], position, list.Path), null, null, [.. list.Problems.Problems]));
        }

        foreach (ResourceNode item in (items as SequenceNode)?.Items ?? [])
        {
            ParseOrUnfold(item, type.OfItems, depth + 1, parsed);
        }
    }

    private ParsedDocument ParseOne(ResourceNode node, FieldReader document, DocumentType type, ProblemList problems)
    {
        if (!document.IsPresent)
        {
            return Refused(node, null, problems);
        }

        if (string.IsNullOrEmpty(type.ApiVersion))
        {
            document.Error("apiVersion", "is required");
        }

        if (string.IsNullOrEmpty(type.Kind))
        {
            document.Error("kind", "is required");
        }

        if (problems.HasErrors)
        {
            return Refused(node, null, problems);
        }

        if (kinds.Find(type.ApiVersion!, type.Kind!) is not { } kind)
        {
            (string field, string reason) = kinds.Explain(type.ApiVersion!, type.Kind!);
            document.Error(field, reason);
            return Refused(node, null, problems);
        }

        ObjectMeta metadata = MetadataReader.Read(document.Required("metadata"), kind);
        ResourceKey? key = metadata.Name.Length == 0 ? null : new ResourceKey(kind.ApiVersion, kind.Kind, metadata.Namespace, metadata.Name);
        IResource? resource = ParseKind(kind, document, metadata);
        return resource is null || problems.HasErrors ? Refused(node, key, problems) : new ParsedDocument(node, key, resource, [.. problems.Problems]);
    }

    private static IResource? ParseKind(ResourceKind kind, FieldReader document, ObjectMeta metadata)
    {
        try
        {
            IResource resource = kind.Parse(document, metadata);
            document.RefuseUnknownFields();
            return resource;
        }
#pragma warning disable CA1031 // A plugin's code: whatever it throws concerns this document only, and is kept as text so that the plugin can be unloaded.
        catch (Exception error)
#pragma warning restore CA1031
        {
            document.Error(null, $"the plugin that brings the kind {kind.Kind} failed to read it: {error.GetType().Name}: {error.Message}");
            return null;
        }
    }

    private static ParsedDocument Refused(ResourceNode node, ResourceKey? key, ProblemList problems) => new(node, key, null, [.. problems.Problems]);
}
