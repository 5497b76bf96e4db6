namespace Calico.Sdk.Resources;

/// <summary>
/// A piece of a document as it was written, before anybody gave it a meaning: a mapping, a sequence or a scalar, with the place it
/// stands at. Kinds and plugin options are read from it through a <see cref="FieldReader"/>.
/// </summary>
/// <remarks>Immutable. It hides which format (YAML, JSON) and which library read the document.</remarks>
public abstract class ResourceNode
{
    private protected ResourceNode(SourcePosition position, ResourcePath path)
    {
        ArgumentNullException.ThrowIfNull(path);
        Position = position;
        Path = path;
    }

    /// <summary>Where the node stands.</summary>
    public SourcePosition Position { get; }

    /// <summary>The way to the node from the top of its document.</summary>
    public ResourcePath Path { get; }

    /// <summary>Whether nothing was written: <c>null</c>, <c>~</c> or an empty value.</summary>
    public virtual bool IsNull => false;

    /// <summary>What the node is, in the words of a message: "a mapping", "the text 'abc'".</summary>
    public abstract string Description { get; }

    /// <summary>Whether <paramref name="other"/> says the same, wherever it stands and however it is laid out.</summary>
    /// <param name="other">The node to compare with.</param>
    /// <returns>Whether both have the same content.</returns>
    public abstract bool HasContentOf(ResourceNode? other);
}
