namespace Calico.Sdk.Resources;

/// <summary>
/// Reads the fields of a mapping one by one, records all that is wrong with them, and knows at the end which fields nobody asked for.
/// </summary>
/// <remarks>
/// <para>
/// No method throws for what an operator wrote: a field that is missing or malformed is recorded in the <see cref="ProblemList"/> and a
/// harmless value (empty, zero, the fallback) is returned, so that reading goes on and finds the next problem. Whoever started the
/// reading looks at <see cref="ProblemList.HasErrors"/> at the end and throws the result away if it is set.
/// </para>
/// <example>
/// <code>
/// FieldReader spec = document.Required("spec");
/// string node = spec.RequiredText("node");
/// int? rate = spec.Number("packetsPerSecond", 1, 1_000_000);
/// </code>
/// </example>
/// <para>Used by one thread.</para>
/// </remarks>
public sealed partial class FieldReader
{
    private readonly MappingNode? _mapping;
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly List<FieldReader> _nested = [];

    private FieldReader(MappingNode? mapping, SourcePosition position, ResourcePath path, ProblemList problems)
    {
        _mapping = mapping;
        Position = position;
        Path = path;
        Problems = problems;
    }

    /// <summary>Where the mapping stands; where it ought to stand if it is absent.</summary>
    public SourcePosition Position { get; }

    /// <summary>The way to the mapping from the top of its document.</summary>
    public ResourcePath Path { get; }

    /// <summary>What was found wrong so far, here and in all other readers of the document.</summary>
    public ProblemList Problems { get; }

    /// <summary>Whether the mapping was written at all. Reading from an absent one yields nothing and records nothing.</summary>
    public bool IsPresent => _mapping is not null;

    /// <summary>The names of the fields that were written.</summary>
    public IEnumerable<string> Names => _mapping?.Fields.Select(entry => entry.Name) ?? [];

    /// <summary>Starts to read a node that has to be a mapping.</summary>
    /// <param name="node">The node; anything but a mapping is recorded as an error.</param>
    /// <param name="problems">Where problems are recorded.</param>
    /// <returns>The reader.</returns>
    public static FieldReader Of(ResourceNode node, ProblemList problems)
    {
        ArgumentNullException.ThrowIfNull(node);
        ArgumentNullException.ThrowIfNull(problems);
        if (node is not MappingNode)
        {
            problems.Error(node.Position, node.Path.ToString(), $"must be a mapping of fields, but is {node.Description}");
        }

        return new FieldReader(node as MappingNode, node.Position, node.Path, problems);
    }

    /// <summary>A reader of nothing, for options that were not given: everything optional is absent.</summary>
    /// <param name="position">What to name when something required is missing.</param>
    /// <param name="problems">Where problems are recorded.</param>
    /// <returns>The reader.</returns>
    public static FieldReader Empty(SourcePosition position, ProblemList problems)
    {
        ArgumentNullException.ThrowIfNull(problems);
        return new FieldReader(new MappingNode([], position, ResourcePath.Root), position, ResourcePath.Root, problems);
    }

    /// <summary>The nested mapping of this name; an error if it is missing.</summary>
    /// <param name="name">The field's name.</param>
    /// <returns>Its reader.</returns>
    public FieldReader Required(string name) => Nested(name, required: true);

    /// <summary>The nested mapping of this name; <see cref="IsPresent"/> tells whether it was written.</summary>
    /// <param name="name">The field's name.</param>
    /// <returns>Its reader.</returns>
    public FieldReader Optional(string name) => Nested(name, required: false);

    /// <summary>The field as it was written, for whoever gives it a meaning later; null if it is absent.</summary>
    /// <param name="name">The field's name.</param>
    /// <returns>The node.</returns>
    public ResourceNode? Node(string name) => Value(name, required: false);

    /// <summary>Whether a field of this name was written with a value.</summary>
    /// <param name="name">The field's name.</param>
    /// <returns>Whether it is there.</returns>
    public bool Has(string name) => Value(name, required: false) is not null;

    /// <summary>Accepts fields without a look at them, such as <c>status</c>.</summary>
    /// <param name="names">The fields' names.</param>
    public void Ignore(params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            _known.Add(name);
        }
    }

    /// <summary>Accepts fields that are valid but have no effect here, with a warning for each that was written.</summary>
    /// <param name="names">The fields' names.</param>
    public void WithoutEffect(params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            if (Value(name, required: false) is { } value)
            {
                Problems.Warning(value.Position, PathOf(name), "is a valid field, but has no effect in this version");
            }
        }
    }

    /// <summary>Records an error at a field, for rules that no other method knows.</summary>
    /// <param name="name">The field's name; null for the mapping itself.</param>
    /// <param name="reason">What is wrong.</param>
    public void Error(string? name, string reason) => Problems.Error(PositionOf(name), PathOf(name), reason);

    /// <summary>Records a warning at a field.</summary>
    /// <param name="name">The field's name; null for the mapping itself.</param>
    /// <param name="reason">What is doubtful.</param>
    public void Warning(string? name, string reason) => Problems.Warning(PositionOf(name), PathOf(name), reason);

    /// <summary>
    /// Records an error for each field, here and in all mappings that were read from here, that nobody asked for: a field that is not
    /// understood is a rule that is not applied. Core calls it after a kind's or a plugin's reading; calling it again does no harm.
    /// </summary>
    public void RefuseUnknownFields()
    {
        foreach (MappingField field in _mapping?.Fields ?? [])
        {
            if (_known.Add(field.Name))
            {
                string hint = NearName.Hint(field.Name, _known.Where(known => known != field.Name && _mapping!.Find(known) is null));
                Problems.Error(field.Position, PathOf(field.Name), $"is not a known field{hint}");
            }
        }

        foreach (FieldReader nested in _nested)
        {
            nested.RefuseUnknownFields();
        }
    }

    private FieldReader Nested(string name, bool required)
    {
        ResourceNode? value = Value(name, required);
        if (value is not null and not MappingNode)
        {
            Error(name, $"must be a mapping of fields, but is {value.Description}");
        }

        var nested = new FieldReader(value as MappingNode, _mapping?.Find(name)?.Position ?? Position, Path.Field(name), Problems);
        _nested.Add(nested);
        return nested;
    }

    private ResourceNode? Value(string name, bool required)
    {
        ArgumentNullException.ThrowIfNull(name);
        _known.Add(name);
        ResourceNode? value = _mapping?.Find(name)?.Value;
        if (value is { IsNull: false })
        {
            return value;
        }

        // What is missing inside a mapping that is itself missing has been said already.
        if (required && IsPresent)
        {
            Error(name, "is required");
        }

        return null;
    }

    private SourcePosition PositionOf(string? name) =>
        name is not null && _mapping?.Find(name) is { } field
            ? (field.Value is ScalarNode { IsNull: false } ? field.Value.Position : field.Position)
            : Position;

    private string PathOf(string? name) => (name is null ? Path : Path.Field(name)).ToString();
}
