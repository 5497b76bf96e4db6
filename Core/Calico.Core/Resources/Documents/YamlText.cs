using System.Collections.Immutable;
using Calico.Sdk.Resources;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Calico.Core.Resources.Documents;

/// <summary>Turns YAML text into nodes. The only place that knows the YAML library.</summary>
/// <remarks>
/// It follows YAML 1.2: <c>yes</c> and <c>010</c> are texts until a field asks for something else. What would change meaning in silence is
/// refused: a name that occurs twice, merge keys, tags of other types.
/// </remarks>
public sealed class YamlText
{
    private readonly Parser _parser;
    private readonly string _file;
    private readonly DocumentLimits _limits;
    // An anchor whose node is still being read has no node yet: an alias to it would be inside itself.
    private readonly Dictionary<AnchorName, ResourceNode?> _anchors = [];
    private int _nodes;

    private YamlText(TextReader text, string file, DocumentLimits limits)
    {
        _parser = new Parser(new Scanner(text, skipComments: true));
        _file = file;
        _limits = limits;
    }

    /// <summary>Reads all documents of a text; those that are empty are left out.</summary>
    /// <exception cref="UnreadableDocumentException">The text is no YAML, or goes beyond a bound.</exception>
    public static ImmutableArray<ResourceNode> Read(string text, string file, DocumentLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(file);
        using var reader = new StringReader(text);
        try
        {
            return new YamlText(reader, file, limits ?? new DocumentLimits()).ReadDocuments();
        }
        catch (YamlException error)
        {
            throw new UnreadableDocumentException(Position(file, error.Start), $"is not valid YAML: {Sentence(error.Message)}");
        }
        catch (Exception error) when (error is InvalidOperationException or ArgumentException or IndexOutOfRangeException or FormatException or OverflowException)
        {
            // The library means to throw YamlException only; garbage has found others.
            throw new UnreadableDocumentException(new SourcePosition(file, 0, 0), $"is not valid YAML: {Sentence(error.Message)}");
        }
    }

    private ImmutableArray<ResourceNode> ReadDocuments()
    {
        ImmutableArray<ResourceNode>.Builder documents = ImmutableArray.CreateBuilder<ResourceNode>();
        _parser.Consume<StreamStart>();
        while (_parser.TryConsume<DocumentStart>(out _))
        {
            _anchors.Clear();
            ResourceNode document = ReadNode(ResourcePath.Root, depth: 0);
            if (!document.IsNull)
            {
                documents.Add(document);
            }

            _parser.Consume<DocumentEnd>();
        }

        return documents.ToImmutable();
    }

    private ResourceNode ReadNode(ResourcePath path, int depth)
    {
        if (_parser.TryConsume<AnchorAlias>(out var alias))
        {
            return Resolve(alias, path, depth);
        }

        NodeEvent start = _parser.Require<NodeEvent>();
        SourcePosition position = Position(_file, start.Start);
        Count(position, depth);
        if (!start.Anchor.IsEmpty)
        {
            _anchors[start.Anchor] = null;
        }

        _parser.MoveNext();
        ResourceNode node = start switch
        {
            Scalar scalar => new ScalarNode(scalar.Value, IsText(scalar, position), position, path),
            SequenceStart => ReadSequence(start, position, path, depth),
            MappingStart => ReadMapping(start, position, path, depth),
            _ => throw new UnreadableDocumentException(position, "is not valid YAML: a value is expected"),
        };
        if (!start.Anchor.IsEmpty)
        {
            _anchors[start.Anchor] = node;
        }

        return node;
    }

    private SequenceNode ReadSequence(NodeEvent start, SourcePosition position, ResourcePath path, int depth)
    {
        RefuseTag(start, position, "tag:yaml.org,2002:seq");
        var items = new List<ResourceNode>();
        while (!_parser.TryConsume<SequenceEnd>(out _))
        {
            items.Add(ReadNode(path.Item(items.Count), depth + 1));
        }

        return new SequenceNode(items, position, path);
    }

    private MappingNode ReadMapping(NodeEvent start, SourcePosition position, ResourcePath path, int depth)
    {
        RefuseTag(start, position, "tag:yaml.org,2002:map");
        var fields = new List<MappingField>();
        var lines = new Dictionary<string, int>(StringComparer.Ordinal);
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            ParsingEvent next = _parser.Require<ParsingEvent>();
            SourcePosition namePosition = Position(_file, next.Start);
            if (next is not Scalar name)
            {
                throw new UnreadableDocumentException(namePosition, "the name of a field must be a single value");
            }

            if (name is { Value: "<<", IsPlainImplicit: true })
            {
                throw new UnreadableDocumentException(namePosition, "merge keys ('<<') are not understood; write the fields out");
            }

            if (!lines.TryAdd(name.Value, namePosition.Line))
            {
                throw new UnreadableDocumentException(namePosition, $"the field '{name.Value}' was written before, in line {lines[name.Value]}");
            }

            if (!name.Anchor.IsEmpty)
            {
                _anchors[name.Anchor] = new ScalarNode(name.Value, !name.IsPlainImplicit, namePosition, path);
            }

            _parser.MoveNext();
            fields.Add(new MappingField(name.Value, namePosition, ReadNode(path.Field(name.Value), depth + 1)));
        }

        return new MappingNode(fields, position, path);
    }

    private ResourceNode Resolve(AnchorAlias alias, ResourcePath path, int depth)
    {
        SourcePosition position = Position(_file, alias.Start);
        if (!_anchors.TryGetValue(alias.Value, out ResourceNode? node))
        {
            throw new UnreadableDocumentException(position, $"the alias '*{alias.Value}' has no anchor before it");
        }

        return node is null
            ? throw new UnreadableDocumentException(position, $"the alias '*{alias.Value}' stands inside its own anchor")
            : Copy(node, path, depth);
    }

    /// <summary>A copy under another path. Copies count: that is what bounds an alias bomb.</summary>
    private ResourceNode Copy(ResourceNode node, ResourcePath path, int depth)
    {
        Count(node.Position, depth);
        return node switch
        {
            SequenceNode sequence => new SequenceNode(
                [.. sequence.Items.Select((item, index) => Copy(item, path.Item(index), depth + 1))], node.Position, path),
            MappingNode mapping => new MappingNode(
                [.. mapping.Fields.Select(entry => entry with { Value = Copy(entry.Value, path.Field(entry.Name), depth + 1) })], node.Position, path),
            ScalarNode scalar => new ScalarNode(scalar.Text, scalar.IsQuoted, node.Position, path),
            _ => throw new InvalidOperationException($"A node of type {node.GetType().Name} cannot be copied."),
        };
    }

    private void Count(SourcePosition position, int depth)
    {
        if (depth > _limits.MaxDepth)
        {
            throw new UnreadableDocumentException(position, $"is nested deeper than {_limits.MaxDepth} levels");
        }

        if (++_nodes > _limits.MaxNodes)
        {
            throw new UnreadableDocumentException(
                position, $"holds more than {_limits.MaxNodes} values, aliases included; split it into several files");
        }
    }

    private static bool IsText(Scalar scalar, SourcePosition position)
    {
        if (scalar.Tag.IsEmpty)
        {
            return scalar.Style is not ScalarStyle.Plain;
        }

        return scalar.Tag.Value switch
        {
            "!" or "tag:yaml.org,2002:str" => true,
            "tag:yaml.org,2002:int" or "tag:yaml.org,2002:bool" or "tag:yaml.org,2002:null" or "tag:yaml.org,2002:float" => false,
            _ => throw UnknownTag(scalar, position),
        };
    }

    private static void RefuseTag(NodeEvent start, SourcePosition position, string allowed)
    {
        if (!start.Tag.IsEmpty && start.Tag.Value != allowed && start.Tag.Value != "!")
        {
            throw UnknownTag(start, position);
        }
    }

    private static UnreadableDocumentException UnknownTag(NodeEvent node, SourcePosition position) =>
        new(position, $"the tag '{node.Tag.Value}' is not understood; leave it out");

    private static SourcePosition Position(string file, Mark mark) => new(file, (int)mark.Line, (int)mark.Column);

    private static string Sentence(string message) => message.ReplaceLineEndings(" ").TrimEnd('.', ' ');
}
