using System.IO.Compression;

namespace Calico.Packages.Tests;

/// <summary>What is wrong with a plugin is an error of its build, at its place.</summary>
public sealed class BadPluginTests(PackedFeed feed)
{
    [Fact]
    public async Task Wrong_C_is_an_error_at_the_line_of_the_template_and_is_found_again_by_the_next_build()
    {
        StrangersPlugin plugin = new StrangersPlugin(feed, "c").With("bpf/count.bpf.c.sbn", "pkt->protocol", "pkt->protokol");

        Shell.Result first = await plugin.BuildAsync();
        Shell.Result second = await plugin.BuildAsync("--no-restore");

        Assert.NotEqual(0, first.ExitCode);
        string error = Assert.Single(first.LinesWith("CALICO1001"));
        Assert.StartsWith($"{plugin.PathOf("bpf/count.bpf.c.sbn")}(6,24): error CALICO1001: no member named 'protokol'", error, StringComparison.Ordinal);
        Assert.Equal(first.LinesWith("CALICO1001"), second.LinesWith("CALICO1001"));
    }

    [Fact]
    public async Task A_template_that_cannot_be_rendered_is_an_error_at_its_line()
    {
        StrangersPlugin plugin = new StrangersPlugin(feed, "template").With("bpf/count.bpf.c.sbn", "STEP;", "{{ parameters.step }};");

        Shell.Result build = await plugin.BuildAsync();

        Assert.NotEqual(0, build.ExitCode);
        Assert.StartsWith($"{plugin.PathOf("bpf/count.bpf.c.sbn")}(10,", Assert.Single(build.LinesWith("CALICO1002")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_declaration_is_an_error_at_the_line_that_makes_it()
    {
        StrangersPlugin plugin = new StrangersPlugin(feed, "declaration")
            .With("StrangerPlugin.cs", "plugin.Stage(", "plugin.FlowField<decimal>(\"Wrong\");\n        plugin.Stage(");

        Shell.Result build = await plugin.BuildAsync();

        Assert.NotEqual(0, build.ExitCode);
        Assert.StartsWith($"{plugin.PathOf("StrangerPlugin.cs")}(11): error CALICO1003: ", Assert.Single(build.LinesWith("CALICO1003")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_clang_and_without_the_plugins_that_it_needs_a_build_succeeds_with_warnings_that_are_never_errors()
    {
        StrangersPlugin plugin = new StrangersPlugin(feed, "others").With("StrangerPlugin.cs", ".On(", ".After(\"policy\").On(");
        const string WithoutClang = "for folder in /usr/lib/llvm-*/bin; do mount -t tmpfs tmpfs $folder; done; exec \"$@\"";

        Shell.Result build = await feed.RunAsync(
            plugin.Folder,
            "unshare", "--mount", "bash", "-c", WithoutClang, "bash", "dotnet", "build", "-v", "quiet", "--nologo", "-p:TreatWarningsAsErrors=true");

        build.MustSucceed();
        Assert.Contains("apt-get install clang-19", Assert.Single(build.LinesWith("warning CALICO2001")), StringComparison.Ordinal);
        Assert.Contains("'policy'", Assert.Single(build.LinesWith("warning CALICO2002")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_package_that_is_newer_than_the_hosts_is_an_error()
    {
        const string Package = "Microsoft.Extensions.Logging.Abstractions";
        WriteNewer(Package, "99.0.0");
        StrangersPlugin plugin = new StrangersPlugin(feed, "newer")
            .With("Acme.Stranger.csproj", "<Content ", $"<PackageReference Include=\"{Package}\" Version=\"99.0.0\" /><Content ");

        Shell.Result build = await plugin.BuildAsync();

        Assert.NotEqual(0, build.ExitCode);
        Assert.Contains($"This project gets {Package} 99.0.0. The host provides that package, in version ", Assert.Single(build.LinesWith("CALICO1006")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_project_that_is_no_plugin_is_left_alone_though_it_references_one()
    {
        StrangersPlugin plugin = new(feed, "tested");
        string tests = Path.Combine(feed.Folder, "tested", "Acme.Stranger.Tests");
        Directory.CreateDirectory(tests);
        await File.WriteAllTextAsync(Path.Combine(tests, "Acme.Stranger.Tests.csproj"),
            $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>
              <ItemGroup><ProjectReference Include="{plugin.ProjectFile}" /></ItemGroup>
            </Project>
            """, TestContext.Current.CancellationToken);

        (await feed.RunAsync(tests, "dotnet", "build", "-v", "quiet", "--nologo", "-p:CalicoCheckTemplates=false", "-p:CopyLocalLockFileAssemblies=true")).MustSucceed();

        string output = Path.Combine(tests, "bin/Debug/net10.0");
        Assert.True(File.Exists(Path.Combine(output, "Calico.Sdk.dll")), "The tests are the host here and bring the contract.");
        Assert.False(File.Exists(Path.Combine(output, "calico-plugin.json")));
    }

    /// <summary>A package of that name and version, with the assembly of the version that is here.</summary>
    private void WriteNewer(string name, string version)
    {
        string packages = Path.Combine(feed.Folder, "packages", name.ToLowerInvariant());
        string assembly = Directory.EnumerateFiles(packages, $"{name}.dll", SearchOption.AllDirectories)
            .First(file => file.Contains("/lib/net10.0/", StringComparison.Ordinal));
        using ZipArchive zip = ZipFile.Open(Path.Combine(feed.Feed, $"{name}.{version}.nupkg"), ZipArchiveMode.Create);
        using (var nuspec = new StreamWriter(zip.CreateEntry($"{name}.nuspec").Open()))
        {
            nuspec.Write($"<package><metadata><id>{name}</id><version>{version}</version><authors>a</authors><description>d</description></metadata></package>");
        }

        zip.CreateEntryFromFile(assembly, $"lib/net10.0/{name}.dll");
    }
}
