using System.Collections.Immutable;
using Calico.Sdk.Resources;

namespace Calico.Core.Configuration;

/// <summary>Which interfaces are of which kind, by name.</summary>
public sealed record InterfaceConfiguration
{
    public ImmutableArray<InterfacePattern> Workload { get; init; } = [new("cali*")];

    public ImmutableArray<InterfacePattern> Host { get; init; } = [new("eth*"), new("en*"), new("bond*")];

    public ImmutableArray<InterfacePattern> Tunnel { get; init; } = [];

    /// <summary>
    /// The kind of an interface; null if it is none of ours. Where several patterns match, a plain name goes before a pattern, then the
    /// pattern that fixes more characters, then workload before tunnel before host: a workload is never taken for an uplink by accident.
    /// </summary>
    public InterfaceKind? KindOf(string name)
    {
        (InterfaceKind Kind, InterfacePattern Pattern)? best = null;
        foreach ((InterfaceKind kind, InterfacePattern pattern) in All())
        {
            if (pattern.Matches(name)
                && (best is not { } held || (pattern.IsExact, pattern.Specificity).CompareTo((held.Pattern.IsExact, held.Pattern.Specificity)) > 0))
            {
                best = (kind, pattern);
            }
        }

        return best?.Kind;
    }

    internal static InterfaceConfiguration Read(FieldReader interfaces)
    {
        var defaults = new InterfaceConfiguration();
        var read = new InterfaceConfiguration
        {
            Workload = ReadPatterns(interfaces, "workload", defaults.Workload),
            Host = ReadPatterns(interfaces, "host", defaults.Host),
            Tunnel = ReadPatterns(interfaces, "tunnel", defaults.Tunnel),
        };
        foreach (IGrouping<string, (InterfaceKind Kind, InterfacePattern Pattern)> same in read.All().GroupBy(entry => entry.Pattern.Text))
        {
            InterfaceKind[] kinds = [.. same.Select(entry => entry.Kind)];
            if (kinds.Length > 1)
            {
                string field = FieldOf(kinds[^1]);
                interfaces.Error(field, kinds[0] == kinds[^1] ? $"'{same.Key}' is listed twice" : $"'{same.Key}' is listed under '{FieldOf(kinds[0])}' too; an interface has one kind");
            }
        }

        return read;
    }

    private static ImmutableArray<InterfacePattern> ReadPatterns(FieldReader interfaces, string field, ImmutableArray<InterfacePattern> defaults) =>
        interfaces.Has(field) ? [.. interfaces.ParsedList<InterfacePattern>(field, InterfacePattern.TryParse)] : defaults;

    private static string FieldOf(InterfaceKind kind) => kind switch
    {
        InterfaceKind.Workload => "workload",
        InterfaceKind.Host => "host",
        _ => "tunnel",
    };

    private IEnumerable<(InterfaceKind Kind, InterfacePattern Pattern)> All() =>
        Workload.Select(pattern => (InterfaceKind.Workload, pattern))
            .Concat(Tunnel.Select(pattern => (InterfaceKind.Tunnel, pattern)))
            .Concat(Host.Select(pattern => (InterfaceKind.Host, pattern)));
}
