using System.Text.Json;

namespace Calico.Packages.Tests;

/// <summary>A plugin without faults: built by a user without any rights, then packed.</summary>
public sealed class GoodPluginTests(GoodPluginTests.Built built) : IClassFixture<GoodPluginTests.Built>
{
    [Fact]
    public void It_builds_without_a_warning_for_a_user_without_rights_whose_project_folder_is_read_only() =>
        Assert.Contains("0 Warning(s)", built.Build.Lines);

    [Fact]
    public void The_output_holds_the_plugin_what_it_depends_on_and_nothing_that_the_host_provides() =>
        Assert.Equal(
            ["Acme.Stranger.deps.json", "Acme.Stranger.dll", "Acme.Stranger.pdb", "Acme.Stranger.runtimeconfig.json", "YamlDotNet.dll", "calico-plugin.json", "data/list.txt"],
            Directory.EnumerateFiles(built.Plugin.Output, "*", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(built.Plugin.Output, file))
                .Order(StringComparer.Ordinal));

    [Fact]
    public void The_dependency_file_names_nothing_that_the_host_provides()
    {
        using JsonDocument file = JsonDocument.Parse(File.ReadAllText(Path.Combine(built.Plugin.Output, "Acme.Stranger.deps.json")));

        Assert.Equal(
            ["Acme.Stranger/1.2.3", "YamlDotNet/18.1.0"],
            file.RootElement.GetProperty("libraries").EnumerateObject().Select(library => library.Name));
    }

    [Fact]
    public void The_manifest_says_what_the_plugin_is() => Assert.Equal(
        """
        {
          "schema": 1,
          "id": "stranger",
          "version": "1.2.3",
          "description": "Counts packets.",
          "entryAssembly": "Acme.Stranger.dll",
          "framework": "net10.0",
          "sdk": "0.1.0",
          "contract": {
            "Calico.Sdk": "1.0"
          },
          "shared": {}
        }

        """,
        File.ReadAllText(Path.Combine(built.Plugin.Output, "calico-plugin.json")));

    [Fact]
    public async Task A_second_build_checks_nothing()
    {
        string manifest = Path.Combine(built.Plugin.Output, "calico-plugin.json");
        string stamp = built.Plugin.PathOf("obj/Debug/net10.0/calico/checked");
        (DateTime, DateTime) before = (File.GetLastWriteTimeUtc(manifest), File.GetLastWriteTimeUtc(stamp));

        await built.Feed.RunAsync(built.Plugin.Folder, "dotnet", "build", "--no-restore", "-v", "quiet", "--nologo");

        Assert.Equal(before, (File.GetLastWriteTimeUtc(manifest), File.GetLastWriteTimeUtc(stamp)));
    }

    [Fact]
    public void The_package_is_a_plugin_and_holds_the_output_folder()
    {
        Assert.Equal(
            ["lib/net10.0/Acme.Stranger.deps.json", "lib/net10.0/Acme.Stranger.dll", "lib/net10.0/Acme.Stranger.runtimeconfig.json", "lib/net10.0/YamlDotNet.dll", "lib/net10.0/calico-plugin.json", "lib/net10.0/data/list.txt"],
            built.Feed.Contents(built.Package).Where(entry => entry.Contains('/') && !entry.StartsWith("_rels", StringComparison.Ordinal) && !entry.StartsWith("package/", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        string nuspec = built.Feed.Read(built.Package, "Acme.Stranger.nuspec");
        Assert.Contains("<packageType name=\"CalicoPlugin\" />", nuspec, StringComparison.Ordinal);
        Assert.DoesNotContain("<dependency ", nuspec, StringComparison.Ordinal);
    }

    /// <summary>The plugin, built once.</summary>
    public sealed class Built(PackedFeed feed) : IAsyncLifetime
    {
        internal PackedFeed Feed { get; } = feed;

        internal StrangersPlugin Plugin { get; } = new(feed, "good");

        internal Shell.Result Build { get; private set; } = null!;

        internal string Package => Plugin.PathOf("out/Acme.Stranger.1.2.3.nupkg");

        public async ValueTask InitializeAsync()
        {
            (await Feed.RunAsync(Plugin.Folder, "dotnet", "restore", "-v", "quiet")).MustSucceed();
            foreach (string folder in new[] { Plugin.PathOf("obj"), Plugin.PathOf("bin"), Path.Combine(Feed.Folder, "home") })
            {
                Directory.CreateDirectory(folder);
                (await PackedFeed.GiveToNobodyAsync(folder)).MustSucceed();
            }

            Build = (await Feed.RunAsNobodyAsync(Plugin.Folder, "dotnet", "build", "--no-restore", "-v", "quiet", "--nologo")).MustSucceed();
            (await Feed.RunAsync(Plugin.Folder, "dotnet", "pack", "--no-build", "-c", "Debug", "-v", "quiet", "--nologo", "-o", "out")).MustSucceed();
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
