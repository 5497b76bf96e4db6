namespace Calico.Sdk.Resources;

/// <summary>A list of nodes.</summary>
public sealed class SequenceNode : ResourceNode
{
    /// <summary>Makes a sequence.</summary>
    /// <param name="items">The items in order.</param>
    /// <param name="position">Where it stands.</param>
    /// <param name="path">The way to it.</param>
    public SequenceNode(IReadOnlyList<ResourceNode> items, SourcePosition position, ResourcePath path)
        : base(position, path)
    {
        ArgumentNullException.ThrowIfNull(items);
        Items = items;
    }

    /// <summary>The items in order.</summary>
    public IReadOnlyList<ResourceNode> Items { get; }

    /// <inheritdoc/>
    public override string Description => "a list";

    /// <inheritdoc/>
    public override bool HasContentOf(ResourceNode? other)
    {
        if (other is not SequenceNode sequence || sequence.Items.Count != Items.Count)
        {
            return false;
        }

        for (int index = 0; index < Items.Count; index++)
        {
            if (!Items[index].HasContentOf(sequence.Items[index]))
            {
                return false;
            }
        }

        return true;
    }
}
