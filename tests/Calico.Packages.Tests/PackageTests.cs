namespace Calico.Packages.Tests;

public sealed class PackageTests(PackedFeed feed)
{
    private static readonly string[] Libraries = ["Calico.Sdk", "Calico.Sdk.Resources", "Calico.Sdk.Testing", "Calico.Core"];

    public static TheoryData<string> All => [.. Libraries, "Calico.Agent", "Calico.Templates"];

    public static TheoryData<string> AllLibraries => [.. Libraries];

    [Theory]
    [MemberData(nameof(All))]
    public void A_package_has_what_its_page_shows(string package)
    {
        string nuspec = feed.Read(package, $"{package}.nuspec");

        Assert.Contains("README.md", feed.Contents(package));
        Assert.Contains("icon.png", feed.Contents(package));
        Assert.Contains("<license type=\"expression\">Apache-2.0</license>", nuspec, StringComparison.Ordinal);
        Assert.Contains("<readme>README.md</readme>", nuspec, StringComparison.Ordinal);
        Assert.Contains("<icon>icon.png</icon>", nuspec, StringComparison.Ordinal);
        Assert.Contains("<tags>ebpf ", nuspec, StringComparison.Ordinal);
        Assert.DoesNotContain("Package Description", nuspec, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(AllLibraries))]
    public void A_library_has_documentation_and_symbols(string package)
    {
        Assert.Contains($"lib/net10.0/{package}.dll", feed.Contents(package));
        Assert.Contains($"lib/net10.0/{package}.xml", feed.Contents(package));
        Assert.Contains($"lib/net10.0/{package}.pdb", feed.Contents(Path.Combine(feed.Feed, $"{package}.{feed.Version}.snupkg")));
    }

    [Fact]
    public void The_contract_depends_on_the_abstractions_alone()
    {
        string nuspec = feed.Read("Calico.Sdk", "Calico.Sdk.nuspec");

        Assert.Equal(
            ["Microsoft.Extensions.DependencyInjection.Abstractions", "Microsoft.Extensions.Logging.Abstractions"],
            nuspec.Split("<dependency id=\"").Skip(1).Select(part => part.Split('"')[0]));
    }

    [Fact]
    public async Task The_agent_is_a_tool_with_the_first_party_plugins_inside()
    {
        string tools = Path.Combine(feed.Folder, "tools");
        (await feed.RunAsync(feed.Folder, "dotnet", "tool", "install", "Calico.Agent", "--tool-path", tools, "--version", feed.Version, "--configfile", "nuget.config")).MustSucceed();

        Shell.Result version = await feed.RunAsync(feed.Folder, Path.Combine(tools, "calico"), "--version");

        Assert.StartsWith("0.1.0", version.MustSucceed().Text, StringComparison.Ordinal);
        IEnumerable<string> plugins = Directory.EnumerateFiles(Path.Combine(PackedFeed.Root, "Plugins"), "*.csproj", SearchOption.AllDirectories).Select(project => Path.GetFileNameWithoutExtension(project));
        foreach (string plugin in plugins)
        {
            Assert.Contains($"tools/net10.0/any/plugins/{plugin}/calico-plugin.json", feed.Contents("Calico.Agent"));
            Assert.DoesNotContain($"tools/net10.0/any/plugins/{plugin}/Calico.Sdk.dll", feed.Contents("Calico.Agent"));
        }
    }
}
