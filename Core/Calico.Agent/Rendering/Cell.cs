using System.Globalization;
using System.Text.Json;

namespace Calico.Agent.Rendering;

/// <summary>How values look in a table.</summary>
internal static class Cell
{
    /// <summary>What stands where there is nothing.</summary>
    public const string Nothing = "-";

    public static string Of(IEnumerable<string> values) => string.Join(", ", values) is { Length: > 0 } text ? text : Nothing;

    public static string Of(string? text) => string.IsNullOrEmpty(text) ? Nothing : text;

    public static string Of(DateTimeOffset? time) =>
        time?.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? Nothing;

    public static string Of(IFormattable number) => number.ToString(null, CultureInfo.InvariantCulture);

    /// <summary>Any value of a row that a plugin made.</summary>
    public static string Of(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null => Nothing,
        JsonValueKind.String => OfText(value.GetString()),
        JsonValueKind.True => "yes",
        JsonValueKind.False => "no",
        JsonValueKind.Array => Of(value.EnumerateArray().Select(Of)),
        _ => value.GetRawText(),
    };

    private static string OfText(string? text) =>
        text is { Length: >= 19 } && text[4] == '-' && text[10] == 'T'
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time)
            ? Of(time)
            : Of(text);
}
