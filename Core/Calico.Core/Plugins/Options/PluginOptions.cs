using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Calico.Core.Chain.Declarations;
using Calico.Sdk;
using Calico.Sdk.Net;
using Calico.Sdk.Resources;

namespace Calico.Core.Plugins;

/// <summary>Reads the operator's options as the plugin declares them, and keeps all that is wrong with them for the end.</summary>
internal sealed class PluginOptions : IPluginOptions
{
    private readonly PluginBuilder _plugin;
    private readonly ProblemList _problems = new();
    private readonly FieldReader _written;
    private readonly List<OptionDeclaration> _declared = [];
    private readonly bool _isDetached;

    public PluginOptions(PluginBuilder plugin, MappingNode written, bool isDetached)
    {
        _isDetached = isDetached;
        _plugin = plugin;
        _written = FieldReader.Of(written, _problems);
    }

    /// <summary>What was declared, in the order of the calls.</summary>
    public IReadOnlyList<OptionDeclaration> Declared => _declared;

    public long Number(string name, long @default, string description, long min = long.MinValue, long max = long.MaxValue)
    {
        Declare(name, description, min > max ? $"its range is empty: {min} is more than {max}." : @default < min || @default > max ? $"its default {@default} is not from {min} to {max}." : null);
        return Keep(name, "number", _written.Number(name, min, max) ?? @default, @default, Invariant, description, Range(min, max));
    }

    public long RequiredNumber(string name, string description, long min = long.MinValue, long max = long.MaxValue)
    {
        Declare(name, description, min > max ? $"its range is empty: {min} is more than {max}." : null);
        return Keep(name, "number", Required(name, description, _written.Number(name, min, max)) ?? Math.Clamp(0, min, max), null, Invariant, description, Range(min, max));
    }

    public bool Flag(string name, bool @default, string description)
    {
        Declare(name, description, null);
        return Keep(name, "flag", _written.Boolean(name) ?? @default, @default, value => value ? "true" : "false", description, "");
    }

    public string Text(string name, string @default, string description)
    {
        ArgumentNullException.ThrowIfNull(@default);
        Declare(name, description, null);
        string value = _written.Text(name) ?? @default;
        Add(name, "text", @default, description, "", value);
        return value;
    }

    public string RequiredText(string name, string description)
    {
        Declare(name, description, null);
        string? value = _written.Text(name);
        RequireField(name, description);
        if (value is "")
        {
            _written.Error(name, "must not be empty");
        }

        Add(name, "text", null, description, "", value ?? "");
        return value ?? "";
    }

    public IReadOnlyList<string> Texts(string name, string description) =>
        List(name, "list of texts", description, isRequired: false, _written.Texts);

    public IReadOnlyList<string> RequiredTexts(string name, string description) =>
        List(name, "list of texts", description, isRequired: true, _written.Texts);

    public TimeSpan Duration(string name, TimeSpan @default, string description, TimeSpan? min = null, TimeSpan? max = null)
    {
        var (least, most) = (min ?? TimeSpan.Zero, max ?? DurationText.Longest);
        Declare(name, description, @default < least || @default > most ? $"its default {DurationText.Of(@default)} is not from {DurationText.Of(least)} to {DurationText.Of(most)}." : null);
        return Keep(name, "duration", ReadDuration(name, least, most) ?? @default, @default, DurationText.Of, description, DurationRange(min, max));
    }

    public TimeSpan RequiredDuration(string name, string description, TimeSpan? min = null, TimeSpan? max = null)
    {
        Declare(name, description, min > max ? $"its range is empty: {DurationText.Of(min.Value)} is longer than {DurationText.Of(max.Value)}." : null);
        TimeSpan? value = Required(name, description, ReadDuration(name, min ?? TimeSpan.Zero, max ?? DurationText.Longest));
        return Keep(name, "duration", value ?? min ?? TimeSpan.Zero, null, DurationText.Of, description, DurationRange(min, max));
    }

    public T Choice<T>(string name, T @default, string description)
        where T : struct, Enum
    {
        Declare(name, description, Enum.IsDefined(@default) ? null : $"its default {@default} is no member of {typeof(T).Name}.");
        return Keep(name, "choice", _written.Parsed<T>(name, TryParseChoice) ?? @default, @default, ChoiceText.Of, description, string.Join(", ", ChoiceText.All<T>()));
    }

    public T RequiredChoice<T>(string name, string description)
        where T : struct, Enum
    {
        Declare(name, description, null);
        T? value = Required(name, description, _written.Parsed<T>(name, TryParseChoice));
        return Keep(name, "choice", value ?? Enum.GetValues<T>().FirstOrDefault(), null, ChoiceText.Of, description, string.Join(", ", ChoiceText.All<T>()));
    }

    public IpNetwork? Network(string name, IpNetwork? @default, string description)
    {
        Declare(name, description, null);
        IpNetwork? value = _written.Network(name) ?? @default;
        Add(name, "network", @default?.ToString() ?? "", description, "", value?.ToString() ?? "");
        return value;
    }

    public IpNetwork RequiredNetwork(string name, string description)
    {
        Declare(name, description, null);
        return Keep(name, "network", Required(name, description, _written.Network(name)) ?? default, null, network => network.ToString(), description, "");
    }

    public IReadOnlyList<IpNetwork> Networks(string name, string description) =>
        List(name, "list of networks", description, isRequired: false, _written.Networks);

    /// <summary>Whether something is wrong with what the operator wrote; looks for options that nobody declared.</summary>
    /// <param name="isComplete">The plugin has declared all that it ever will.</param>
    public string? Explain(bool isComplete)
    {
        if (isComplete)
        {
            RefuseUnknown();
        }

        return _problems.HasErrors
            ? string.Join(' ', _problems.Problems.Where(problem => problem.Severity == ProblemSeverity.Error).Select(problem => problem.Reason.EndsWith('?') ? $"{problem}" : $"{problem}."))
            : null;
    }

    private void RefuseUnknown()
    {
        foreach (string name in _written.Names.Where(name => _declared.TrueForAll(option => option.Name != name)))
        {
            string hint = NearName.Hint(name, _declared.Select(option => option.Name));
            string known = hint.Length > 0 ? hint
                : _declared.Count == 0 ? "; it has none"
                : $"; it has {string.Join(", ", _declared.Select(option => option.Name))}";
            _written.Error(name, $"is not an option of plugin '{_plugin.Id}'{known}");
        }
    }

    private void Declare(string name, string description, string? wrong) => _plugin.CheckOption(
        NameRules.ExplainOption(name)
        ?? (_declared.Exists(option => option.Name == name) ? "it is declared already. Keep its value in a variable." : null)
        ?? (string.IsNullOrWhiteSpace(description) ? "it has no description. Write one sentence for the operator." : null)
        ?? wrong,
        name);

    private T Keep<T>(string name, string type, T value, T? @default, Func<T, string> show, string description, string range)
        where T : struct
    {
        Add(name, type, @default is { } given ? show(given) : null, description, range, show(value));
        return value;
    }

    private void Add(string name, string type, string? @default, string description, string range, string value) =>
        _declared.Add(new OptionDeclaration(name, type, @default, description, range, value));

    private IReadOnlyList<T> List<T>(string name, string type, string description, bool isRequired, Func<string, IReadOnlyList<T>> read)
    {
        Declare(name, description, null);
        IReadOnlyList<T> values = read(name);
        if (isRequired)
        {
            RequireField(name, description);
            if (_written.Node(name) is SequenceNode { Items.Count: 0 })
            {
                _written.Error(name, "must not be empty");
            }
        }

        Add(name, type, isRequired ? null : "", description, "", string.Join(", ", values));
        return values;
    }

    private T? Required<T>(string name, string description, T? value)
        where T : struct
    {
        RequireField(name, description);
        return value;
    }

    private void RequireField(string name, string description)
    {
        if (!_isDetached && !_written.Has(name))
        {
            _written.Error(name, $"is required by plugin '{_plugin.Id}': {description.TrimEnd('.')}");
        }
    }

    private TimeSpan? ReadDuration(string name, TimeSpan min, TimeSpan max) => _written.Parsed<TimeSpan>(
        name, (string text, out TimeSpan value, [NotNullWhen(false)] out string? reason) => DurationText.TryParse(text, min, max, out value, out reason));

    private static bool TryParseChoice<T>(string text, out T value, [NotNullWhen(false)] out string? reason)
        where T : struct, Enum
    {
        T? found = ChoiceText.Find<T>(text);
        value = found ?? default;
        reason = found is null ? $"is not one of {string.Join(", ", ChoiceText.All<T>())}{NearName.Hint(text, ChoiceText.All<T>())}" : null;
        return found is not null;
    }

    private static string Invariant(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Range(long min, long max) => (min, max) switch
    {
        (long.MinValue, long.MaxValue) => "",
        (_, long.MaxValue) => $"{Invariant(min)}..",
        (long.MinValue, _) => $"..{Invariant(max)}",
        _ => $"{Invariant(min)}..{Invariant(max)}",
    };

    private static string DurationRange(TimeSpan? min, TimeSpan? max) =>
        min is null && max is null ? "" : $"{(min is { } least ? DurationText.Of(least) : "")}..{(max is { } most ? DurationText.Of(most) : "")}";
}
