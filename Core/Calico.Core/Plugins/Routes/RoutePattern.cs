using System.Text.RegularExpressions;

namespace Calico.Core.Plugins;

/// <summary>The path of a plugin's route: literal segments, and names in braces that take any one segment.</summary>
public sealed partial class RoutePattern
{
    private readonly string[] _segments;

    private RoutePattern(string[] segments) => _segments = segments;

    /// <summary>What is wrong with a path; null where nothing is.</summary>
    public static string? Explain(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        string[] segments = path.Split('/');
        return segments.FirstOrDefault(segment => !Segment().IsMatch(segment)) is { } wrong
            ? $"its segment '{wrong}' is neither a word of lower-case letters, digits, '-', '_' and '.', nor a {{name}}. Write a path such as 'buckets/{{name}}', without a slash at its ends."
            : segments.Where(IsName).GroupBy(name => name).FirstOrDefault(names => names.Count() > 1) is { } twice
                ? $"it has {twice.Key} twice. Give each its own name."
                : null;
    }

    /// <summary>A path in which <see cref="Explain"/> finds nothing wrong.</summary>
    public static RoutePattern Parse(string path) => new((path ?? throw new ArgumentNullException(nameof(path))).Split('/'));

    /// <summary>Whether it takes the same paths as another.</summary>
    public bool IsSameAs(RoutePattern other) => CompareTo(other) == 0;

    /// <summary>The values of the names, if the pattern takes this path; null where it does not.</summary>
    /// <param name="path">The path, with its segments still encoded.</param>
    public IReadOnlyDictionary<string, string>? Match(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        string[] asked = path.Split('/');
        if (asked.Length != _segments.Length)
        {
            return null;
        }

        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        for (int i = 0; i < asked.Length; i++)
        {
            string segment = Uri.UnescapeDataString(asked[i]);
            if (IsName(_segments[i]) && segment.Length > 0)
            {
                values.Add(_segments[i][1..^1], segment);
            }
            else if (segment != _segments[i])
            {
                return null;
            }
        }

        return values;
    }

    /// <summary>Orders literal segments before names, so that the first that matches is the most exact.</summary>
    public static IComparer<RoutePattern> MostExactFirst { get; } = Comparer<RoutePattern>.Create((one, other) => one.CompareTo(other));

    private int CompareTo(RoutePattern other)
    {
        string[] others = other._segments;
        for (int i = 0; i < Math.Min(_segments.Length, others.Length); i++)
        {
            bool name = IsName(_segments[i]);
            int order = name != IsName(others[i]) ? (name ? 1 : -1) : name ? 0 : string.CompareOrdinal(_segments[i], others[i]);
            if (order != 0)
            {
                return order;
            }
        }

        return _segments.Length - others.Length;
    }

    /// <inheritdoc/>
    public override string ToString() => string.Join('/', _segments);

    private static bool IsName(string segment) => segment is ['{', ..];

    [GeneratedRegex(@"\A(?:[a-z0-9_.-]{1,64}|\{[a-z][a-zA-Z0-9]{0,31}\})\z")]
    private static partial Regex Segment();
}
