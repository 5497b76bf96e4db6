using System.Diagnostics.CodeAnalysis;
using Calico.Sdk.Net;

namespace Calico.Sdk.Resources;

/// <content>Fields with several values.</content>
public sealed partial class FieldReader
{
    /// <summary>A list of mappings; empty if it is absent.</summary>
    /// <param name="name">The field's name.</param>
    /// <returns>A reader for each item that is a mapping; others are recorded as errors.</returns>
    public IReadOnlyList<FieldReader> Mappings(string name)
    {
        IReadOnlyList<ResourceNode> items = Items(name);
        var readers = new List<FieldReader>(items.Count);
        foreach (ResourceNode item in items)
        {
            FieldReader reader = Of(item, Problems);
            _nested.Add(reader);
            if (reader.IsPresent)
            {
                readers.Add(reader);
            }
        }

        return readers;
    }

    /// <summary>A list of texts; empty if it is absent.</summary>
    /// <param name="name">The field's name.</param>
    /// <returns>The texts.</returns>
    public IReadOnlyList<string> Texts(string name) => ParsedList<string>(name, AcceptText);

    /// <summary>A list of values that have a parser; empty if it is absent.</summary>
    /// <typeparam name="T">The type of the values.</typeparam>
    /// <param name="name">The field's name.</param>
    /// <param name="parser">Reads the text of one item.</param>
    /// <returns>The values of the items that could be read; the others are recorded as errors.</returns>
    public IReadOnlyList<T> ParsedList<T>(string name, TextParser<T> parser)
    {
        IReadOnlyList<ResourceNode> items = Items(name);
        if (items.Count == 0)
        {
            return [];
        }

        var values = new List<T>(items.Count);
        foreach (ResourceNode item in items)
        {
            string path = item.Path.ToString();
            if (item is not ScalarNode { IsNull: false } scalar)
            {
                Problems.Error(item.Position, path, $"must be a single value, but is {item.Description}");
            }
            else if (TryParse(scalar, item.Position, path, parser, out T? value))
            {
                values.Add(value);
            }
        }

        return values;
    }

    /// <summary>A list of networks; empty if it is absent.</summary>
    /// <param name="name">The field's name.</param>
    /// <returns>The networks.</returns>
    public IReadOnlyList<IpNetwork> Networks(string name) => ParsedList<IpNetwork>(name, IpNetwork.TryParse);

    /// <summary>A mapping whose names are free, such as labels; empty if it is absent.</summary>
    /// <param name="name">The field's name.</param>
    /// <returns>Text by name.</returns>
    public IReadOnlyDictionary<string, string> TextMap(string name)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        FieldReader reader = Optional(name);
        foreach (string key in reader.Names)
        {
            // An empty value is an empty label, not an absent one.
            values[key] = reader.Text(key) ?? "";
        }

        return values;
    }

    private IReadOnlyList<ResourceNode> Items(string name)
    {
        ResourceNode? value = Value(name, required: false);
        if (value is SequenceNode sequence)
        {
            return sequence.Items;
        }

        if (value is not null)
        {
            Error(name, $"must be a list, but is {value.Description}");
        }

        return [];
    }

    private static bool AcceptText(string text, out string value, [NotNullWhen(false)] out string? reason)
    {
        (value, reason) = (text, null);
        return true;
    }
}
