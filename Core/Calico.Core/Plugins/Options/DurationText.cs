using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Calico.Core.Plugins;

/// <summary>A length of time as operators write it: <c>100ms</c>, <c>5s</c>, <c>2m</c>, <c>1h</c>, <c>7d</c>.</summary>
internal static class DurationText
{
    public static readonly TimeSpan Longest = TimeSpan.FromDays(10_000);

    private static readonly (string Unit, TimeSpan Length)[] s_units =
    [
        ("ms", TimeSpan.FromMilliseconds(1)), ("s", TimeSpan.FromSeconds(1)), ("m", TimeSpan.FromMinutes(1)),
        ("h", TimeSpan.FromHours(1)), ("d", TimeSpan.FromDays(1)),
    ];

    public static bool TryParse(string text, TimeSpan min, TimeSpan max, out TimeSpan value, [NotNullWhen(false)] out string? reason)
    {
        value = default;
        string digits = text.TrimEnd("dhms".ToCharArray());
        var unit = s_units.FirstOrDefault(known => known.Unit == text[digits.Length..]);
        if (unit.Unit is null || !long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out long count))
        {
            reason = digits == text && text.Length > 0 && text.All(char.IsAsciiDigit)
                ? $"has no unit; write {text}ms, {text}s, {text}m, {text}h or {text}d"
                : "is not a length of time; write a whole number and ms, s, m, h or d, such as 100ms";
            return false;
        }

        if (count > Longest / unit.Length || unit.Length * count < min || unit.Length * count > max)
        {
            reason = $"is not from {Of(min)} to {Of(max)}";
            return false;
        }

        (value, reason) = (unit.Length * count, null);
        return true;
    }

    /// <summary>In the widest unit that leaves no rest.</summary>
    public static string Of(TimeSpan value)
    {
        var unit = s_units.LastOrDefault(known => value.Ticks % known.Length.Ticks == 0 && value >= known.Length, s_units[value == TimeSpan.Zero ? 1 : 0]);
        return string.Create(CultureInfo.InvariantCulture, $"{value / unit.Length}{unit.Unit}");
    }
}
