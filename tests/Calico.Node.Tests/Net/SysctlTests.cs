using Calico.Core.Net;
using Calico.Lab;

namespace Calico.Node.Tests.Net;

public sealed class SysctlTests : IDisposable
{
    private const string Forwarding = "net/ipv4/ip_forward";

    private readonly NamespacePair _pair = new();

    public void Dispose() => _pair.Dispose();

    [Fact]
    public void A_network_setting_is_that_of_the_namespace_that_the_thread_is_in()
    {
        _pair.Near.Set((Forwarding, "1"));
        _pair.Far.Set((Forwarding, "0"));

        Assert.Equal("1", _pair.Near.Enter(() => Sysctl.Read(Forwarding)));
        Assert.Equal("0", _pair.Far.Enter(() => Sysctl.Read(Forwarding)));
    }

    [Fact]
    public void An_interface_with_a_dot_in_its_name_has_settings()
    {
        _pair.Near.Ip("link add eth0.5 type veth peer name other");

        _pair.Near.Set(("net/ipv4/conf/eth0.5/proxy_arp", "1"));

        Assert.Equal("1", _pair.Near.Enter(() => Sysctl.Read("net/ipv4/conf/eth0.5/proxy_arp")));
    }

    [Fact]
    public void A_setting_that_is_not_there_is_an_error_that_names_it()
    {
        var error = Assert.Throws<IOException>(() => _pair.Near.Enter(() => Sysctl.Write("net/ipv4/conf/absent/proxy_arp", "1")));

        Assert.Contains("/proc/sys/net/ipv4/conf/absent/proxy_arp", error.Message, StringComparison.Ordinal);
        Assert.Contains("no such setting", error.Message, StringComparison.Ordinal);
        Assert.Null(_pair.Near.Enter(() => Sysctl.TryRead("net/ipv4/conf/absent/proxy_arp")));
    }

    [Fact]
    public void A_value_that_the_kernel_refuses_is_an_error_that_shows_it()
    {
        var error = Assert.Throws<IOException>(() => _pair.Near.Enter(() => Sysctl.Write(Forwarding, "many")));

        Assert.Contains("'many'", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/proc/sys/net/ipv4/ip_forward")]
    [InlineData("net/../kernel/panic")]
    public void A_path_that_is_not_a_setting_s_is_refused(string path) => Assert.Throws<ArgumentException>(() => Sysctl.Read(path));

    [Fact]
    public void An_exception_inside_a_namespace_comes_out_as_it_was_thrown()
    {
        var thrown = Assert.Throws<LabException>(() => _pair.Near.Enter(() => throw new LabException("as it was")));

        Assert.Equal("as it was", thrown.Message);
        Assert.Contains("ENOENT", Record.Exception(() => NetworkNamespaceEntry.Run("/run/netns/absent-for-sure", () => { }))!.Message, StringComparison.Ordinal);
    }
}
