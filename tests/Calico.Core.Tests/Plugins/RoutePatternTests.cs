using Calico.Core.Plugins;

namespace Calico.Core.Tests.Plugins;

public sealed class RoutePatternTests
{
    [Theory]
    [InlineData("buckets/{name}", "buckets/a%2Fb", "name=a/b")]
    [InlineData("{a}/{b}", "x/y", "a=x b=y")]
    [InlineData("v1.2/lines", "v1.2/lines", "")]
    public void A_path_gives_the_values_of_the_names(string pattern, string path, string values) =>
        Assert.Equal(values, string.Join(' ', RoutePattern.Parse(pattern).Match(path)!.Select(value => $"{value.Key}={value.Value}")));

    [Theory]
    [InlineData("buckets/{name}", "buckets")]
    [InlineData("buckets/{name}", "buckets/")]
    [InlineData("buckets/{name}", "buckets/a/b")]
    [InlineData("buckets", "Buckets")]
    public void Another_path_does_not_match(string pattern, string path) => Assert.Null(RoutePattern.Parse(pattern).Match(path));

    [Theory]
    [InlineData("", "its segment ''")]
    [InlineData("/lines", "its segment ''")]
    [InlineData("Lines", "its segment 'Lines'")]
    [InlineData("a/{b}c", "its segment '{b}c'")]
    [InlineData("{a}/{a}", "it has {a} twice")]
    public void A_path_that_is_none_is_explained(string path, string reason) =>
        Assert.Contains(reason, RoutePattern.Explain(path), StringComparison.Ordinal);

    [Fact]
    public void The_most_exact_comes_first() => Assert.Equal(
        ["a/b", "a/{x}", "{x}/b"],
        new[] { "{x}/b", "a/{x}", "a/b" }.Select(RoutePattern.Parse).Order(RoutePattern.MostExactFirst).Select(pattern => pattern.ToString()));
}
