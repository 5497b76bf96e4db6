namespace Calico.Core.Resources.Documents;

/// <summary>What a document says that it is.</summary>
internal readonly record struct DocumentType(string? ApiVersion, string? Kind)
{
    private const string ListSuffix = "List";

    public bool IsList => Kind is not null && Kind.EndsWith(ListSuffix, StringComparison.Ordinal);

    /// <summary>What an item is that does not say it: nothing in a <c>List</c>, a node in a <c>NodeList</c>.</summary>
    public DocumentType OfItems => Kind is null or ListSuffix ? default : new DocumentType(ApiVersion, Kind[..^ListSuffix.Length]);
}
