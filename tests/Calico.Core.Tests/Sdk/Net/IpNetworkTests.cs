using System.Net;
using System.Net.Sockets;
using Calico.Sdk.Net;
using CsCheck;

namespace Calico.Core.Tests.Sdk.Net;

public sealed class IpNetworkTests
{
    [Theory]
    [InlineData("10.1.2.3/8", "10.0.0.0/8")]
    [InlineData("10.1.2.3", "10.1.2.3/32")]
    [InlineData("0.0.0.0/0", "0.0.0.0/0")]
    [InlineData("255.255.255.255/31", "255.255.255.254/31")]
    [InlineData("fd00:1:2::3/48", "fd00:1:2::/48")]
    [InlineData("::/0", "::/0")]
    [InlineData("::1", "::1/128")]
    [InlineData("FE80::1/65", "fe80::/65")]
    [InlineData("64:ff9b::192.0.2.1/128", "64:ff9b::c000:201/128")]
    public void Host_bits_are_cleared_and_an_address_is_a_network_of_one(string text, string network) =>
        Assert.Equal(IpNetwork.Parse(network), IpNetwork.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("10.1")]
    [InlineData("10.0.0.1.2")]
    [InlineData("010.0.0.1")]
    [InlineData("0x0a.0.0.1")]
    [InlineData("10.0.0.256")]
    [InlineData(" 10.0.0.1")]
    [InlineData("10.0.0.1 ")]
    [InlineData("+1.0.0.1")]
    [InlineData("10.0.0.1/")]
    [InlineData("10.0.0.1/33")]
    [InlineData("10.0.0.1/08")]
    [InlineData("10.0.0.1/-1")]
    [InlineData("10.0.0.1/8/8")]
    [InlineData("10.0.0.1/255.0.0.0")]
    [InlineData("fe80::1%eth0/64")]
    [InlineData("[::1]/64")]
    [InlineData("::1/129")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("1::2::3")]
    [InlineData("10.0.0.1:80")]
    [InlineData("localhost")]
    public void What_could_be_taken_for_something_else_is_refused_with_a_reason(string text)
    {
        Assert.False(IpNetwork.TryParse(text, out _, out string? reason));
        Assert.NotEmpty(reason);
        Assert.Throws<FormatException>(() => IpNetwork.Parse(text));
    }

    [Fact]
    public void It_agrees_with_the_networks_of_dotnet()
    {
        Gen<IPAddress> address = Gen.OneOf(Gen.Byte.Array[4], Gen.Byte.Array[16])
            .Where(bytes => !new IPAddress(bytes).IsIPv4MappedToIPv6)
            .Select(bytes => new IPAddress(bytes));
        Gen.Select(address, address, Gen.Int[0, 128]).Sample((inside, other, length) =>
        {
            int prefix = Math.Min(length, inside.AddressFamily == AddressFamily.InterNetwork ? 32 : 128);
            var network = new IpNetwork(inside, prefix);
            IPNetwork dotnet = IPNetwork.Parse(network.ToString());
            Assert.True(network.Contains(inside));
            Assert.Equal(dotnet.Contains(other), network.Contains(other));
            Assert.Equal(network, IpNetwork.Parse(network.ToString()));
            Assert.Equal(network, new IpNetwork(network.Address, prefix));
        });
    }

    [Fact]
    public void A_network_contains_its_parts_and_not_those_of_the_other_family()
    {
        Assert.True(IpNetwork.Parse("10.0.0.0/8").Contains(IpNetwork.Parse("10.2.0.0/16")));
        Assert.False(IpNetwork.Parse("10.2.0.0/16").Contains(IpNetwork.Parse("10.0.0.0/8")));
        Assert.False(IpNetwork.Parse("0.0.0.0/0").Contains(IpNetwork.Parse("::/0")));
        Assert.False(IpNetwork.Parse("::/0").Contains(IPAddress.Loopback));
    }

    [Fact]
    public void Networks_are_ordered_by_family_address_and_length()
    {
        IpNetwork[] ordered = [.. new[] { "::/0", "10.0.0.0/16", "10.0.0.0/8", "9.0.0.0/8", "200.0.0.0/8" }.Select(IpNetwork.Parse).Order()];
        Assert.Equal(["9.0.0.0/8", "10.0.0.0/8", "10.0.0.0/16", "200.0.0.0/8", "::/0"], ordered.Select(network => network.ToString()));
    }

    [Fact]
    public void Addresses_are_written_in_network_byte_order()
    {
        byte[] bytes = new byte[16];
        Assert.Equal(4, IpNetwork.Parse("10.1.2.3").WriteAddress(bytes));
        Assert.Equal([10, 1, 2, 3], bytes[..4]);
        Assert.Equal(16, IpNetwork.Parse("fd00::1").WriteAddress(bytes));
        Assert.Equal((0xfd, 1), (bytes[0], bytes[15]));
    }

    [Fact]
    public void An_interface_address_keeps_its_host_bits()
    {
        Assert.True(InterfaceAddress.TryParse("192.168.1.7/24", out InterfaceAddress? address, out _));
        Assert.Equal(("192.168.1.7/24", "192.168.1.0/24"), (address.ToString(), address.Network.ToString()));
    }
}
