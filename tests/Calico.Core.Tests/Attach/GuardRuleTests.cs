using Calico.Core.Attach;
using Calico.Core.Configuration;
using CsCheck;

namespace Calico.Core.Tests.Attach;

public sealed class GuardRuleTests
{
    [Fact]
    public void One_pattern_for_workloads_is_one_rule() =>
        Assert.Equal(["+cali*"], Rules(new InterfaceConfiguration()));

    [Fact]
    public void An_uplink_that_a_workload_pattern_matches_too_is_let_through_before_it() =>
        Assert.Equal(["-ens3", "+e*"], Rules(Interfaces(["e*"], host: ["ens3"])));

    [Fact]
    public void The_loopback_device_is_let_through_where_a_pattern_would_match_it()
    {
        Assert.Equal(["-lo", "+l*"], Rules(Interfaces(["l*"])));
        Assert.Equal(["-lo", "+*o"], Rules(Interfaces(["*o"])));
        Assert.Equal(["+lxc*"], Rules(Interfaces(["lxc*"])));
    }

    [Fact]
    public void The_first_rule_that_matches_says_the_same_as_the_configuration()
    {
        var pattern = Gen.OneOf(Gen.String[Gen.Char["ab*?"], 1, 4]);
        Gen.Select(pattern.Array[0, 3], pattern.Array[0, 3], pattern.Array[0, 3], Gen.String[Gen.Char["ab"], 1, 4]).Sample((workload, host, tunnel, name) =>
        {
            var interfaces = Interfaces(workload, host, tunnel);

            var first = GuardRule.Of(interfaces).FirstOrDefault(rule => rule.Pattern.Matches(name));

            Assert.Equal(interfaces.KindOf(name) == InterfaceKind.Workload, first is { Drops: true });
        });
    }

    private static InterfaceConfiguration Interfaces(string[] workload, string[]? host = null, string[]? tunnel = null) => new()
    {
        Workload = [.. workload.Select(text => new InterfacePattern(text))],
        Host = [.. (host ?? []).Select(text => new InterfacePattern(text))],
        Tunnel = [.. (tunnel ?? []).Select(text => new InterfacePattern(text))],
    };

    private static IEnumerable<string> Rules(InterfaceConfiguration interfaces) =>
        GuardRule.Of(interfaces).Select(rule => (rule.Drops ? "+" : "-") + rule.Pattern);
}
