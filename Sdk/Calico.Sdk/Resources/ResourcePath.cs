using System.Globalization;

namespace Calico.Sdk.Resources;

/// <summary>The way from the top of a document to a node, such as <c>spec.ports[2].protocol</c>.</summary>
/// <remarks>A linked list from the node upwards: nodes of one mapping share it, and text is made only for a message.</remarks>
public sealed class ResourcePath
{
    private readonly ResourcePath? _parent;
    private readonly string? _name;
    private readonly int _index;

    private ResourcePath(ResourcePath? parent, string? name, int index)
    {
        _parent = parent;
        _name = name;
        _index = index;
    }

    /// <summary>The top of a document.</summary>
    public static ResourcePath Root { get; } = new(null, null, 0);

    /// <summary>The path of a field of the mapping at this path.</summary>
    /// <param name="name">The field's name.</param>
    /// <returns>The path.</returns>
    public ResourcePath Field(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return new ResourcePath(this, name, 0);
    }

    /// <summary>The path of an item of the sequence at this path.</summary>
    /// <param name="index">The item's index, from 0.</param>
    /// <returns>The path.</returns>
    public ResourcePath Item(int index) => new(this, null, index);

    /// <summary>The path as it is written in messages; empty at the top.</summary>
    /// <returns>The text.</returns>
    public override string ToString()
    {
        if (_parent is null)
        {
            return "";
        }

        string start = _parent.ToString();
        if (_name is null)
        {
            return $"{start}[{_index.ToString(CultureInfo.InvariantCulture)}]";
        }

        // A name with a dot (a label, say) would read as two fields.
        string name = _name.Contains('.', StringComparison.Ordinal) ? $"'{_name}'" : _name;
        return start.Length == 0 ? name : $"{start}.{name}";
    }
}
