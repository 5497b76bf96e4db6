using Calico.Core.Configuration;

namespace Calico.Core.Tests.Configuration;

public sealed class InterfaceConfigurationTests
{
    [Theory]
    [InlineData("cali*", "cali0123456789a", true)]
    [InlineData("cali*", "cali", true)]
    [InlineData("cali*", "xcali0", false)]
    [InlineData("eth?", "eth0", true)]
    [InlineData("eth?", "eth10", false)]
    [InlineData("*.calico", "vxlan.calico", true)]
    [InlineData("a*b*c", "axxbyybzzc", true)]
    [InlineData("a*b*c", "axxbyybzz", false)]
    [InlineData("l*", "lo", false)]
    [InlineData("l*", "lan0", true)]
    public void A_pattern_matches_whole_names_and_never_the_loopback_device(string pattern, string name, bool matches) =>
        Assert.Equal(matches, new InterfacePattern(pattern).Matches(name));

    [Fact]
    public void The_more_specific_pattern_decides()
    {
        var interfaces = new InterfaceConfiguration
        {
            Workload = [new("e*"), new("tap*")],
            Host = [new("eth*"), new("tap0")],
            Tunnel = [new("ethtun*")],
        };

        Assert.Equal(InterfaceKind.Workload, interfaces.KindOf("e1"));
        Assert.Equal(InterfaceKind.Host, interfaces.KindOf("eth0"));
        Assert.Equal(InterfaceKind.Tunnel, interfaces.KindOf("ethtun3"));
        Assert.Equal(InterfaceKind.Host, interfaces.KindOf("tap0"));
        Assert.Equal(InterfaceKind.Workload, interfaces.KindOf("tap1"));
        Assert.Null(interfaces.KindOf("docker0"));
    }
}
