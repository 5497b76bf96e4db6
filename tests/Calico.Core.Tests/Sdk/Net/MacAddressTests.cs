using Calico.Sdk.Net;

namespace Calico.Core.Tests.Sdk.Net;

public sealed class MacAddressTests
{
    [Theory]
    [InlineData("ee:EE:00:01:02:ff")]
    [InlineData("ee-ee-00-01-02-FF")]
    public void Both_separators_and_cases_are_read(string text)
    {
        MacAddress address = MacAddress.Parse(text);
        byte[] bytes = new byte[6];
        address.WriteTo(bytes);
        Assert.Equal([0xee, 0xee, 0, 1, 2, 0xff], bytes);
        Assert.Equal("ee:ee:00:01:02:ff", address.ToString());
        Assert.Equal(address, new MacAddress(bytes));
    }

    [Theory]
    [InlineData("")]
    [InlineData("ee:ee:ee:ee:ee")]
    [InlineData("ee:ee:ee:ee:ee:ee:ee")]
    [InlineData("ee:ee:ee:ee:ee-ee")]
    [InlineData("eeeeeeeeeeeeeeeee")]
    [InlineData("ee:ee:ee:ee:ee:eg")]
    [InlineData("ee:ee:ee:ee:ee:+e")]
    [InlineData("ee.ee.ee.ee.ee.ee")]
    public void Other_forms_are_refused(string text) => Assert.False(MacAddress.TryParse(text, out _, out _));

    [Fact]
    public void A_group_address_is_known_by_its_first_byte()
    {
        Assert.True(MacAddress.Parse("ff:ff:ff:ff:ff:ff").IsGroup);
        Assert.True(MacAddress.Parse("01:00:5e:00:00:01").IsGroup);
        Assert.False(MacAddress.Parse("ee:ee:ee:ee:ee:ee").IsGroup);
    }
}
