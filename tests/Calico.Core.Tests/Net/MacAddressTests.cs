using Calico.Core.Net;
using CsCheck;

namespace Calico.Core.Tests.Net;

public sealed class MacAddressTests
{
    [Fact]
    public void Text_and_bytes_say_the_same_in_wire_order()
    {
        var mac = MacAddress.Parse("02:a0:00:00:00:0F");

        Assert.Equal([0x02, 0xa0, 0, 0, 0, 0x0f], mac.ToArray());
        Assert.Equal("02:a0:00:00:00:0f", mac.ToString());
        Assert.Equal(new MacAddress([0x02, 0xa0, 0, 0, 0, 0x0f]), mac);
        Assert.False(mac.IsZero);
        Assert.True(default(MacAddress).IsZero);
    }

    [Fact]
    public void Every_address_reads_back_from_its_text() =>
        Gen.Byte.Array[MacAddress.Length].Sample(bytes => MacAddress.Parse(new MacAddress(bytes).ToString()).ToArray().SequenceEqual(bytes));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("02:00:00:00:00")]
    [InlineData("02:00:00:00:00:01:02")]
    [InlineData("02:00:00:00:00:1g")]
    [InlineData("02:00:00:00:00:001")]
    [InlineData("02-00-00-00-00-01")]
    [InlineData("02:00:00:00::01")]
    public void What_is_no_address_is_refused(string? text) => Assert.False(MacAddress.TryParse(text, out _));
}
