using System.Globalization;
using Scriban.Runtime;

namespace Calico.Core.Attach;

/// <summary>The rules as the template sees them: names and patterns as numbers, so that none of it has to be quoted in C.</summary>
internal static class GuardModel
{
    /// <summary>IFNAMSIZ without the terminating zero.</summary>
    private const int LongestName = 15;

    public static ScriptObject Of(GuardSpec spec) => new()
    {
        ["mark_seen"] = string.Create(CultureInfo.InvariantCulture, $"0x{spec.MarkSeen:x}U"),
        // A pattern of more letters than a name has matches nothing.
        ["rules"] = List(spec.Rules.Where(rule => Letters(rule).Length <= LongestName), OfRule),
    };

    private static ScriptObject OfRule(GuardRule rule, int index)
    {
        var text = rule.Pattern.Text;
        var literal = rule.Literal;
        return new ScriptObject
        {
            ["number"] = index,
            ["verdict"] = rule.Drops ? "drop" : "pass",
            ["literal"] = List(literal, (letter, at) => new ScriptObject { ["at"] = at, ["code"] = (int)letter }),
            ["literal_length"] = literal.Length,
            ["is_exact"] = rule.Pattern.IsExact,
            ["is_prefix"] = text == literal + "*",
            ["steps"] = List(Enumerable.Range(0, LongestName), (at, _) => at),
            ["letters"] = List(Letters(rule).Where(letter => letter != '?').Distinct(), (letter, _) => new ScriptObject
            {
                ["code"] = (int)letter,
                ["bits"] = Bits(Letters(rule), found => found == letter || found == '?'),
            }),
            ["other_bits"] = Bits(Letters(rule), found => found == '?'),
            ["star_bits"] = StarBits(text),
            ["end"] = Letters(rule).Length,
        };
    }

    private static string Letters(GuardRule rule) => rule.Pattern.Text.Replace("*", "", StringComparison.Ordinal);

    /// <summary>Bit n: letter n of the pattern is one of those.</summary>
    private static string Bits(string letters, Predicate<char> which)
    {
        uint bits = 0;
        for (var at = 0; at < letters.Length; at++)
        {
            bits |= which(letters[at]) ? 1u << at : 0;
        }

        return string.Create(CultureInfo.InvariantCulture, $"0x{bits:x}U");
    }

    /// <summary>Bit n: before letter n of the pattern (or at its end) stands a star.</summary>
    private static string StarBits(string text)
    {
        uint bits = 0;
        var letter = 0;
        foreach (var character in text)
        {
            if (character == '*')
            {
                bits |= 1u << letter;
            }
            else
            {
                letter++;
            }
        }

        return string.Create(CultureInfo.InvariantCulture, $"0x{bits:x}U");
    }

    private static ScriptArray List<T>(IEnumerable<T> items, Func<T, int, object> convert) => [.. items.Select(convert)];
}
