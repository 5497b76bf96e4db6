namespace Calico.Packages.Tests;

public sealed class TemplateTests(PackedFeed feed)
{
    [Theory]
    [InlineData("My.Rate-Limit", "--phase", "NewFlow", "--resource")]
    [InlineData("2fast", "--phase", "PreFlow", "--namespace", "Acme.Speed")]
    public Task What_calico_plugin_makes_passes_its_tests_whatever_its_name_and_phase(string name, params string[] options) =>
        MakeAndTestAsync("calico-plugin", name, options);

    [Fact]
    public Task What_calico_host_makes_passes_its_tests() => MakeAndTestAsync("calico-host", "Acme.Data-Plane");

    private async Task MakeAndTestAsync(string template, string name, params IReadOnlyList<string> options)
    {
        string folder = Directory.CreateDirectory(Path.Combine(feed.Folder, $"{template}-{name}")).FullName;
        string hive = Path.Combine(folder, "hive");
        string package = Path.Combine(feed.Feed, $"Calico.Templates.{feed.Version}.nupkg");
        (await feed.RunAsync(folder, "dotnet", "new", "install", package, "--debug:custom-hive", hive)).MustSucceed();
        (await feed.RunAsync(folder, ["dotnet", "new", template, "-n", name, .. options, "--debug:custom-hive", hive])).MustSucceed();

        (await feed.RunAsync(folder, "dotnet", "test")).MustSucceed();
        (await feed.RunAsync(folder, "dotnet", "pack")).MustSucceed();

        Assert.NotEmpty(Directory.EnumerateFiles(Path.Combine(folder, name, "bin", "Release"), "*.nupkg"));
    }
}
