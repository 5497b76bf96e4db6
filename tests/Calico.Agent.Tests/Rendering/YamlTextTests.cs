using System.Text.Json;
using Calico.Agent.Rendering;

namespace Calico.Agent.Tests.Rendering;

public sealed class YamlTextTests
{
    [Theory]
    [InlineData("\"no\"", "\"no\"")]
    [InlineData("\"1.5\"", "\"1.5\"")]
    [InlineData("\"0x10\"", "\"0x10\"")]
    [InlineData("\"null\"", "\"null\"")]
    [InlineData("\"~\"", "\"~\"")]
    [InlineData("\"\"", "\"\"")]
    [InlineData("\"a: b\"", "'a: b'")]
    [InlineData("\"#x\"", "'#x'")]
    [InlineData("\"plain\"", "plain")]
    [InlineData("null", "null")]
    [InlineData("true", "true")]
    [InlineData("18446744073709551615", "18446744073709551615")]
    [InlineData("-3", "-3")]
    [InlineData("0.25", "0.25")]
    [InlineData("{}", "{}")]
    public void A_value_stays_what_it_is(string json, string yaml)
    {
        using JsonDocument document = JsonDocument.Parse($"[{json}]");

        Assert.Equal("- " + yaml + "\n", YamlText.Of(document.RootElement));
    }
}
