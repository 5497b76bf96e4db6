namespace Calico.Sdk.Resources;

/// <summary>A field of a <see cref="MappingNode"/>.</summary>
/// <param name="Name">The field's name.</param>
/// <param name="Position">Where the name stands, which for a nested value is another line than the value's.</param>
/// <param name="Value">The field's value.</param>
public sealed record MappingField(string Name, SourcePosition Position, ResourceNode Value);

/// <summary>Fields by name; each name occurs once.</summary>
public sealed class MappingNode : ResourceNode
{
    // Most mappings of a resource have a handful of fields: an index costs more than it saves.
    private const int IndexedFrom = 16;
    private readonly Dictionary<string, MappingField>? _index;

    /// <summary>Makes a mapping.</summary>
    /// <param name="fields">The fields in the order they were written.</param>
    /// <param name="position">Where it stands.</param>
    /// <param name="path">The way to it.</param>
    /// <exception cref="ArgumentException">A name occurs twice.</exception>
    public MappingNode(IReadOnlyList<MappingField> fields, SourcePosition position, ResourcePath path)
        : base(position, path)
    {
        ArgumentNullException.ThrowIfNull(fields);
        Fields = fields;
        if (fields.Count >= IndexedFrom)
        {
            _index = fields.ToDictionary(field => field.Name, StringComparer.Ordinal);
        }
    }

    /// <summary>The fields in the order they were written.</summary>
    public IReadOnlyList<MappingField> Fields { get; }

    /// <inheritdoc/>
    public override string Description => "a mapping";

    /// <summary>The field of this name, if it was written.</summary>
    /// <param name="name">The field's name, exactly.</param>
    /// <returns>The field, or null.</returns>
    public MappingField? Find(string name)
    {
        if (_index is not null)
        {
            return _index.GetValueOrDefault(name);
        }

        foreach (MappingField field in Fields)
        {
            if (field.Name == name)
            {
                return field;
            }
        }

        return null;
    }

    /// <summary>Whether <paramref name="other"/> has the same fields, in any order, with the same content.</summary>
    /// <param name="other">The node to compare with.</param>
    /// <returns>Whether both have the same content.</returns>
    public override bool HasContentOf(ResourceNode? other)
    {
        if (other is not MappingNode mapping || mapping.Fields.Count != Fields.Count)
        {
            return false;
        }

        foreach (MappingField field in Fields)
        {
            if (mapping.Find(field.Name) is not { } counterpart || !field.Value.HasContentOf(counterpart.Value))
            {
                return false;
            }
        }

        return true;
    }
}
