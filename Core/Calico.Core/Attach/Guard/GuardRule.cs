using System.Collections.Immutable;
using Calico.Core.Configuration;

namespace Calico.Core.Attach;

/// <summary>What the guard does with un-marked packets of the interfaces that a pattern matches. Of several rules the first decides.</summary>
/// <param name="Pattern">Which interfaces.</param>
/// <param name="Drops">False lets them pass: the interface is an uplink or a tunnel, though a later pattern matches it too.</param>
public sealed record GuardRule(InterfacePattern Pattern, bool Drops)
{
    private const string Loopback = "lo";

    /// <summary>The pattern up to its first <c>*</c> or <c>?</c>.</summary>
    internal string Literal => Pattern.Text[..(Pattern.Text.IndexOfAny(['*', '?']) is var end and >= 0 ? end : Pattern.Text.Length)];

    /// <summary>
    /// The rules that come to the same as <see cref="InterfaceConfiguration.KindOf"/>: an interface whose kind is workload is
    /// guarded, no other. Rules that change nothing are left out, as every packet of the host passes them.
    /// </summary>
    public static ImmutableArray<GuardRule> Of(InterfaceConfiguration interfaces)
    {
        ArgumentNullException.ThrowIfNull(interfaces);
        GuardRule[] ordered =
        [
            .. interfaces.Workload.Select(pattern => new GuardRule(pattern, Drops: true))
                .Concat(interfaces.Tunnel.Concat(interfaces.Host).Select(pattern => new GuardRule(pattern, Drops: false)))
                .OrderByDescending(rule => rule.Pattern.IsExact)
                .ThenByDescending(rule => rule.Pattern.Specificity),
        ];
        var needed = ordered.Where((rule, at) => rule.Drops || ordered[at..].Any(later => later.Drops && rule.MayMeet(later)));

        // No pattern means the loopback device, but the kernel does not know that.
        return ordered.Any(rule => rule.Drops && !rule.Pattern.IsExact && Loopback.StartsWith(rule.Literal, StringComparison.Ordinal))
            ? [new GuardRule(new InterfacePattern(Loopback), Drops: false), .. needed]
            : [.. needed];
    }

    // Where neither is a plain name the answer may be yes without need: a rule too many costs a comparison.
    private bool MayMeet(GuardRule other) =>
        Pattern.IsExact ? other.Pattern.Matches(Pattern.Text)
        : other.Pattern.IsExact ? Pattern.Matches(other.Pattern.Text)
        : Literal.StartsWith(other.Literal, StringComparison.Ordinal) || other.Literal.StartsWith(Literal, StringComparison.Ordinal);
}
