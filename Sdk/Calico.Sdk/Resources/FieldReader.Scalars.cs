using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Calico.Sdk.Net;

namespace Calico.Sdk.Resources;

/// <content>Fields with a single value.</content>
public sealed partial class FieldReader
{
    /// <summary>A text; null if it is absent. A plain number or boolean is taken as the text it was written as.</summary>
    /// <param name="name">The field's name.</param>
    /// <returns>The text.</returns>
    public string? Text(string name) => Scalar(name, required: false)?.Text;

    /// <summary>A text that has to be there and not be empty.</summary>
    /// <param name="name">The field's name.</param>
    /// <returns>The text; empty after an error.</returns>
    public string RequiredText(string name)
    {
        ScalarNode? scalar = Scalar(name, required: true);
        if (scalar is { Text: "" })
        {
            Error(name, "must not be empty");
        }

        return scalar?.Text ?? "";
    }

    /// <summary>A whole number within bounds, decimal or hexadecimal (<c>0x…</c>); null if it is absent.</summary>
    /// <param name="name">The field's name.</param>
    /// <param name="least">The least value allowed.</param>
    /// <param name="most">The greatest value allowed.</param>
    /// <returns>The number.</returns>
    public long? Number(string name, long least, long most)
    {
        if (Scalar(name, required: false) is not { } scalar)
        {
            return null;
        }

        if (!scalar.IsQuoted && TryParseInteger(scalar.Text, out long number) && number >= least && number <= most)
        {
            return number;
        }

        Error(name, $"must be a whole number{Bounds(least, most)}, but is {(scalar.IsQuoted ? "the quoted text" : "the value")} '{scalar.Text}'");
        return null;
    }

    /// <summary>A whole number within bounds that has to be there.</summary>
    /// <param name="name">The field's name.</param>
    /// <param name="least">The least value allowed.</param>
    /// <param name="most">The greatest value allowed.</param>
    /// <returns>The number; the least allowed after an error.</returns>
    public long RequiredNumber(string name, long least, long most)
    {
        _ = Value(name, required: true);
        return Number(name, least, most) ?? least;
    }

    /// <summary><c>true</c> or <c>false</c>; null if it is absent.</summary>
    /// <param name="name">The field's name.</param>
    /// <returns>The value.</returns>
    public bool? Boolean(string name)
    {
        switch (Scalar(name, required: false))
        {
            case null:
                return null;
            case { IsQuoted: false, Text: "true" or "True" or "TRUE" }:
                return true;
            case { IsQuoted: false, Text: "false" or "False" or "FALSE" }:
                return false;
            case { } other:
                Error(name, $"must be true or false, but is {(other.IsQuoted ? "the quoted text" : "the value")} '{other.Text}'");
                return null;
        }
    }

    /// <summary>One of an enum's names, whatever their case; null if it is absent. Messages show the names in camel case.</summary>
    /// <typeparam name="T">The enum.</typeparam>
    /// <param name="name">The field's name.</param>
    /// <returns>The value.</returns>
    public T? Enum<T>(string name)
        where T : struct, Enum
    {
        if (Scalar(name, required: false) is not { } scalar)
        {
            return null;
        }

        string[] names = System.Enum.GetNames<T>();
        foreach (string candidate in names)
        {
            if (candidate.Equals(scalar.Text, StringComparison.OrdinalIgnoreCase))
            {
                return System.Enum.Parse<T>(candidate);
            }
        }

        Error(name, $"must be one of {string.Join(", ", names.Select(JsonName))}, but is {scalar.Description}");
        return null;
    }

    /// <summary>A value type that has a parser, such as <see cref="MacAddress"/>; null if it is absent.</summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <param name="name">The field's name.</param>
    /// <param name="parser">Reads the text.</param>
    /// <returns>The value.</returns>
    public T? Parsed<T>(string name, TextParser<T> parser)
        where T : struct =>
        Scalar(name, required: false) is { } scalar && TryParse(scalar, PositionOf(name), PathOf(name), parser, out T value) ? value : null;

    /// <summary>An object that has a parser, such as <see cref="InterfaceAddress"/>; null if it is absent.</summary>
    /// <typeparam name="T">The type of the object.</typeparam>
    /// <param name="name">The field's name.</param>
    /// <param name="parser">Reads the text.</param>
    /// <returns>The object.</returns>
    public T? ParsedObject<T>(string name, TextParser<T> parser)
        where T : class =>
        Scalar(name, required: false) is { } scalar && TryParse(scalar, PositionOf(name), PathOf(name), parser, out T? value) ? value : null;

    /// <summary>A network as <c>address/prefix</c>; null if it is absent.</summary>
    /// <param name="name">The field's name.</param>
    /// <returns>The network.</returns>
    public IpNetwork? Network(string name) => Parsed<IpNetwork>(name, IpNetwork.TryParse);

    /// <summary>An IP address; null if it is absent.</summary>
    /// <param name="name">The field's name.</param>
    /// <param name="family">The family it has to be of; unspecified for either.</param>
    /// <returns>The address.</returns>
    public IPAddress? Address(string name, AddressFamily family = AddressFamily.Unspecified)
    {
        IPAddress? address = ParsedObject<IPAddress>(name, IpText.TryParse);
        if (address is null || family == AddressFamily.Unspecified || address.AddressFamily == family)
        {
            return address;
        }

        Error(name, $"'{address}' is not an {(family == AddressFamily.InterNetwork ? "IPv4" : "IPv6")} address");
        return null;
    }

    private static string JsonName(string name) => char.ToLowerInvariant(name[0]) + name[1..];

    private static string Bounds(long least, long most) => (least, most) switch
    {
        (long.MinValue, long.MaxValue) => "",
        (_, long.MaxValue) => $" of at least {least}",
        (long.MinValue, _) => $" of at most {most}",
        _ => $" from {least} to {most}",
    };

    private static bool TryParseInteger(string text, out long number)
    {
        bool isNegative = text.StartsWith('-');
        ReadOnlySpan<char> digits = text.AsSpan(isNegative ? 1 : 0);
        if (digits.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
        {
            bool parsed = ulong.TryParse(digits[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong bits) && bits <= long.MaxValue;
            number = isNegative ? -(long)bits : (long)bits;
            return parsed;
        }

        // 010 is eight to YAML 1.1 and ten to YAML 1.2: neither is taken for granted.
        bool isAmbiguous = digits.Length > 1 && digits[0] == '0';
        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number) && !isAmbiguous && !text.StartsWith('+');
    }

    private ScalarNode? Scalar(string name, bool required)
    {
        ResourceNode? value = Value(name, required);
        if (value is not null and not ScalarNode)
        {
            Error(name, $"must be a single value, but is {value.Description}");
        }

        return value as ScalarNode;
    }

    private bool TryParse<T>(ScalarNode scalar, SourcePosition position, string path, TextParser<T> parser, [MaybeNullWhen(false)] out T value)
    {
        ArgumentNullException.ThrowIfNull(parser);
        if (parser(scalar.Text, out value, out string? reason))
        {
            return true;
        }

        Problems.Error(position, path, $"'{scalar.Text}' {reason}");
        return false;
    }
}
