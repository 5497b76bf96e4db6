using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Calico.Sdk.Resources;

/// <summary>The rules for names inside a spec.</summary>
internal static class ResourceNames
{
    // IFNAMSIZ is 16 and counts the terminating zero.
    private const int LongestInterfaceName = 15;
    private static readonly SearchValues<char> LowerCaseNameCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    /// <summary>A name that the kernel takes for an interface.</summary>
    public static bool TryParseInterface(string text, out string name, [NotNullWhen(false)] out string? reason)
    {
        name = text;
        reason = text.Length > LongestInterfaceName ? $"is longer than the {LongestInterfaceName} characters that the kernel allows for an interface"
            : text is "" or "." or ".." || text.Any(letter => letter is '/' or ':' or <= ' ' or (char)0x7f) ? "is not a name that the kernel takes for an interface"
            : null;
        return reason is null;
    }

    /// <summary>A name of a port: a DNS label of at most 63 characters.</summary>
    public static bool TryParsePortName(string text, out string name, [NotNullWhen(false)] out string? reason)
    {
        name = text;
        bool isValid = text.Length is > 0 and <= 63 && !text.AsSpan().ContainsAnyExcept(LowerCaseNameCharacters) && text[0] != '-' && text[^1] != '-';
        reason = isValid ? null : "is not a port name (at most 63 lower-case letters, digits and '-')";
        return isValid;
    }
}
