using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Calico.Sdk;

namespace Calico.Core.Attach;

/// <summary>The guard as one nftables table.</summary>
internal sealed class NftablesGuard(string instance)
{
    private static readonly SearchValues<char> Plain = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.@");

    private readonly string _table = $"calico-sdk-{instance}";

    public bool IsInstalled => NftCommand.Succeeds("list", "table", "inet", _table);

    public void Install(GuardSpec spec)
    {
        if (NftCommand.Run(Script(_table, spec), "-f", "-") is null)
        {
            throw new GuardException("The guard cannot be an nftables rule: there is no command nft. Install nftables, or set guard to off and accept that interfaces without a chain pass un-judged.");
        }
    }

    public GuardDrops ReadDrops()
    {
        if (NftCommand.Run("", "-j", "list", "counters", "table", "inet", _table) is not { } json)
        {
            return GuardDrops.None;
        }

        var counts = new Dictionary<string, FlowCounters>();
        using var document = JsonDocument.Parse(json);
        foreach (var item in document.RootElement.GetProperty("nftables").EnumerateArray())
        {
            // Nftables 1.0 lists the counters of all tables, whatever it is asked for.
            if (item.TryGetProperty("counter", out var counter) && counter.GetProperty("table").GetString() == _table)
            {
                counts[counter.GetProperty("name").GetString()!] = new FlowCounters(counter.GetProperty("packets").GetUInt64(), counter.GetProperty("bytes").GetUInt64());
            }
        }

        return new GuardDrops(counts.GetValueOrDefault("ipv4"), counts.GetValueOrDefault("ipv6"));
    }

    public void Remove()
    {
        if (IsInstalled)
        {
            NftCommand.Run("", "delete", "table", "inet", _table);
        }
    }

    /// <summary>One transaction: the kernel puts all of it in force at once. The counters keep their values.</summary>
    internal static string Script(string table, GuardSpec spec)
    {
        var script = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $$"""
            add table inet {{table}}
            add counter inet {{table}} ipv4
            add counter inet {{table}} ipv6
            add chain inet {{table}} unjudged
            add chain inet {{table}} prerouting { type filter hook prerouting priority -500; policy accept; }
            flush chain inet {{table}} unjudged
            flush chain inet {{table}} prerouting
            add rule inet {{table}} unjudged meta nfproto ipv4 counter name ipv4 drop
            add rule inet {{table}} unjudged counter name ipv6 drop
            add rule inet {{table}} prerouting meta mark & 0x{{spec.MarkSeen:x8}} != 0 accept

            """));
        foreach (var rule in spec.Rules)
        {
            Check(rule);
            script.Append(CultureInfo.InvariantCulture, $"add rule inet {table} prerouting iifname \"{rule.Pattern}\" {(rule.Drops ? "goto unjudged" : "accept")}\n");
        }

        return script.ToString();
    }

    private static void Check(GuardRule rule)
    {
        var text = rule.Pattern.Text;
        var isPrefix = text == rule.Literal + "*";
        if ((!isPrefix && !rule.Pattern.IsExact) || rule.Literal.AsSpan().ContainsAnyExcept(Plain) || rule.Literal.Length > 15)
        {
            throw new GuardException(
                $"The guard cannot be an nftables rule: nftables matches names and prefixes such as 'cali*', and the pattern '{text}' is neither. Change the pattern, or set guard to netfilter on a kernel that has netfilter links.");
        }
    }
}
