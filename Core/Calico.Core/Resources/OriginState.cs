using System.Collections.Immutable;
using Calico.Core.Resources.Documents;
using Calico.Sdk.Resources;

namespace Calico.Core.Resources;

/// <summary>What a store knows of one origin: its last readable content, and whether it is readable now.</summary>
internal sealed class OriginState(OriginKey key)
{
    public OriginKey Key { get; } = key;

    public ImmutableArray<ResourceNode> Content { get; private set; } = [];

    public ImmutableArray<ParsedDocument> Documents { get; private set; } = [];

    /// <summary>Why the origin cannot be read now; null if it can.</summary>
    public ResourceProblem? Unreadable { get; set; }

    /// <summary>
    /// Whether the last change brought more documents that do not tell which resource they describe. One of them may be a resource that
    /// is in force, misspelt, so nothing that vanished from the origin with that change is taken for deleted.
    /// </summary>
    public bool HasLostNames { get; private set; }

    /// <summary>Whether a document does not tell which resource it describes.</summary>
    public bool HasNamelessDocuments => CountNameless(Documents) > 0;

    public void Take(ImmutableArray<ResourceNode> content, ImmutableArray<ParsedDocument> documents)
    {
        HasLostNames = CountNameless(documents) > CountNameless(Documents);
        Content = content;
        Documents = documents;
        Unreadable = null;
    }

    /// <summary>Takes the same content as other kinds read it.</summary>
    public void TakeAgain(ImmutableArray<ParsedDocument> documents)
    {
        HasLostNames = false;
        Documents = documents;
    }

    private static int CountNameless(ImmutableArray<ParsedDocument> documents) => documents.Count(document => document.Key is null);
}
