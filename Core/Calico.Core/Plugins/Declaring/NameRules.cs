using System.Text.RegularExpressions;

namespace Calico.Core.Plugins;

/// <summary>What names may look like. Each rule answers null, or what is wrong with the name.</summary>
internal static partial class NameRules
{
    /// <summary>Who declares what Core brings along itself.</summary>
    public const string CoreId = "core";

    public static string? ExplainId(string id) =>
        id == CoreId ? $"'{CoreId}' is the dataplane itself. Take a name that says what the plugin does."
        : Id().IsMatch(id) ? null
        : "an id has lower-case letters, digits and hyphens, begins with a letter and has at most 32 characters, such as 'flow-counters'.";

    /// <summary>Stages, maps, fields and parameters: what becomes a name in C.</summary>
    public static string? ExplainSnakeCase(string name) =>
        SnakeCase().IsMatch(name)
            ? null
            : "such a name has lower-case letters, digits and underscores, begins with a letter and has at most 48 characters, because it becomes a name in C.";

    public static string? ExplainUpperCase(string name) =>
        UpperCase().IsMatch(name)
            ? null
            : "such a name has upper-case letters, digits and underscores, begins with a letter and has at most 48 characters, because it becomes DROP_NAME in C.";

    /// <summary>Commands and their options.</summary>
    public static string? ExplainWord(string word) =>
        Id().IsMatch(word)
            ? null
            : "a word of the command line has lower-case letters, digits and hyphens, begins with a letter and has at most 32 characters.";

    public static string? ExplainOption(string name) =>
        Option().IsMatch(name)
            ? null
            : "an option's name begins with a lower-case letter and has letters, digits and hyphens, at most 48, such as 'packetsPerSecond'.";

    [GeneratedRegex(@"\A[a-z][a-zA-Z0-9-]{0,47}\z")]
    private static partial Regex Option();

    /// <summary>Kinds of resources, as a document's <c>kind</c> field says them.</summary>
    public static string? ExplainKind(string kind) =>
        !Kind().IsMatch(kind) ? "a kind has letters and digits, begins with an upper-case letter and has at most 63 characters, such as 'RateLimit'."
        : kind.EndsWith("List", StringComparison.Ordinal) ? "a kind that ends with 'List' is a list of resources to every reader of documents. Take another name."
        : null;

    /// <summary>A kind's group and version, as a document's <c>apiVersion</c> field says them.</summary>
    public static string? ExplainApiVersion(string version) =>
        ApiVersion().IsMatch(version)
            ? null
            : "an API version is a domain of yours, a slash and a version, in lower case, such as 'ratelimit.example.com/v1'.";

    [GeneratedRegex(@"\A[A-Z][A-Za-z0-9]{0,62}\z")]
    private static partial Regex Kind();

    [GeneratedRegex(@"\A(?=.{1,253}\z)[a-z0-9]([a-z0-9.-]*[a-z0-9])?/v[0-9]+((alpha|beta)[0-9]+)?\z")]
    private static partial Regex ApiVersion();

    [GeneratedRegex(@"\A[a-z][a-z0-9-]{0,31}\z")]
    private static partial Regex Id();

    [GeneratedRegex(@"\A[a-z][a-z0-9_]{0,47}\z")]
    private static partial Regex SnakeCase();

    [GeneratedRegex(@"\A[A-Z][A-Z0-9_]{0,47}\z")]
    private static partial Regex UpperCase();
}
