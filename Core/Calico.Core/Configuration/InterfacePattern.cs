using System.Diagnostics.CodeAnalysis;

namespace Calico.Core.Configuration;

/// <summary>A pattern for names of interfaces: <c>*</c> stands for any characters, <c>?</c> for one.</summary>
public sealed record InterfacePattern(string Text)
{
    // IFNAMSIZ is 16 and counts the terminating zero.
    private const int LongestName = 15;

    /// <summary>How many characters the pattern fixes: of two patterns that match, the more specific one decides.</summary>
    public int Specificity => Text.Count(letter => letter is not ('*' or '?'));

    /// <summary>Whether the pattern is a plain name.</summary>
    public bool IsExact => Specificity == Text.Length;

    /// <summary>Whether the pattern matches a name. The loopback device is matched by nothing.</summary>
    public bool Matches(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name != "lo" && Matches(Text, name);
    }

    internal static bool TryParse(string text, [MaybeNullWhen(false)] out InterfacePattern pattern, [NotNullWhen(false)] out string? reason)
    {
        pattern = new InterfacePattern(text);
        reason = text.Length == 0 ? "is empty"
            : text.Any(letter => letter is '/' or ':' or <= ' ' or (char)0x7f) ? "holds a character that no interface's name has"
            : text.Any(letter => letter is '[' or ']' or '{' or '}' or '+' or '^' or '$') ? "is not a pattern of letters, '*' (any characters) and '?' (one character)"
            : pattern.IsExact && text.Length > LongestName ? $"is longer than the {LongestName} characters that the kernel allows for an interface"
            : pattern.Specificity == 0 ? "would take in every interface; name at least one character"
            : text == "lo" ? "is the loopback device, which gets no chain"
            : null;
        return reason is null;
    }

    public override string ToString() => Text;

    /// <summary>Goes back to the last star on a mismatch: linear for names, which are at most 15 characters.</summary>
    private static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> name)
    {
        int at = 0, star = -1, resume = 0, position = 0;
        while (position < name.Length)
        {
            if (at < pattern.Length && (pattern[at] == '?' || (pattern[at] == name[position] && pattern[at] != '*')))
            {
                at++;
                position++;
            }
            else if (at < pattern.Length && pattern[at] == '*')
            {
                star = at++;
                resume = position;
            }
            else if (star >= 0)
            {
                at = star + 1;
                position = ++resume;
            }
            else
            {
                return false;
            }
        }

        return pattern[at..].TrimStart('*').IsEmpty;
    }
}
