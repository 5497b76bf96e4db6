using Calico.Core.Plugins;

namespace Calico.Core.Tests.Plugins.Store;

public sealed class PluginStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly PluginStore _store;

    public PluginStoreTests() => _store = new PluginStore(Path.Combine(_folder.Path, "plugins"));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task An_installed_plugin_lies_under_its_id_and_version_and_can_be_loaded()
    {
        PluginInstallation done = _store.Install(TestPackage.Good(_folder.Path, "1.0.0"));

        Assert.True(done.IsNew);
        Assert.Equal(new StoredPlugin("tried", "1.0.0", Path.Combine(_store.Folder, "tried/1.0.0"), IsActive: true, "Tries."), done.Plugin);
        await using PluginSet set = await TestHost.LoadAsync(_store.Resolve("tried"));
        Assert.Equal("tried", Assert.Single(set.Plugins).Id);
        Assert.Equal([done.Plugin], _store.List());
        Assert.Empty(Directory.EnumerateDirectories(_store.Folder, ".aside-*"));
    }

    [Fact]
    public void A_second_version_stands_beside_the_first_and_is_used_when_it_is_told()
    {
        _store.Install(TestPackage.Good(_folder.Path, "1.9.0"));
        _store.Install(TestPackage.Good(_folder.Path, "1.10.0"));

        Assert.Equal(["1.10.0", "1.9.0"], _store.VersionsOf("tried"));
        Assert.EndsWith("/tried/1.9.0", _store.Resolve("tried"), StringComparison.Ordinal);
        Assert.EndsWith("/tried/1.10.0", _store.Resolve("tried", "1.10.0"), StringComparison.Ordinal);
        Assert.Equal("1.9.0", _store.Use("tried", "1.10.0"));
        Assert.EndsWith("/tried/1.10.0", _store.Resolve("tried"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_package_again_changes_nothing()
    {
        string package = TestPackage.Good(_folder.Path, "1.0.0");
        _store.Install(package);
        Assert.False(_store.Install(package).IsNew);
    }

    [Fact]
    public void A_version_is_never_overwritten()
    {
        _store.Install(TestPackage.Good(_folder.Path, "1.0.0"));
        string other = TestPackage.Good(_folder.Path, "1.0.0", "plugin.DropReason(\"NEW\", \"is new\");");
        Assert.Equal(
            $"tried 1.0.0 is installed already ({_store.Folder}/tried/1.0.0) with other content than {other}. A version is never overwritten: give the new build another version, or remove the old one first (`calico plugin remove tried 1.0.0`).",
            Refused(() => _store.Install(other)));
    }

    [Fact]
    public void What_a_further_check_refuses_does_not_come_in()
    {
        Assert.Equal("no", Assert.Throws<PluginLoadException>(() => _store.Install(TestPackage.Good(_folder.Path, "1.0.0"), _ => throw new PluginLoadException("no"))).Message);
        Assert.Empty(_store.List());
        Assert.Empty(Directory.EnumerateDirectories(_store.Folder));
    }

    [Fact]
    public void Removing_takes_a_version_or_the_whole_plugin()
    {
        _store.Install(TestPackage.Good(_folder.Path, "1.0.0"));
        _store.Install(TestPackage.Good(_folder.Path, "2.0.0"));

        Assert.Equal(["1.0.0"], _store.Remove("tried", "1.0.0"));
        Assert.Equal("Plugin 'tried' has no active version; installed: 2.0.0. Choose one: calico plugin use tried VERSION.", Refused(() => _store.Resolve("tried")));
        Assert.Equal(["2.0.0"], _store.Remove("tried"));
        Assert.Empty(Directory.EnumerateDirectories(_store.Folder));
        Assert.StartsWith("Plugin 'tried' is not installed in ", Refused(() => _store.Remove("tried")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../tried", null)]
    [InlineData("tried", "../../etc")]
    [InlineData("tried", "9.9")]
    [InlineData("others", null)]
    public void What_is_not_installed_is_not_found(string id, string? version)
    {
        _store.Install(TestPackage.Good(_folder.Path, "1.0.0"));
        Assert.Contains(" is not installed in ", Refused(() => _store.Resolve(id, version)), StringComparison.Ordinal);
        Assert.Contains(" is not installed in ", Refused(() => _store.Use(id, version ?? "1.0.0")), StringComparison.Ordinal);
        Assert.Contains(" is not installed in ", Refused(() => _store.Remove(id, version)), StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_killed_installation_left_is_removed_by_the_next()
    {
        Directory.CreateDirectory(Path.Combine(_store.Folder, ".aside-of-the-dead/inner"));
        _store.Install(TestPackage.Good(_folder.Path, "1.0.0"));
        Assert.Equal(["tried"], Directory.EnumerateDirectories(_store.Folder).Select(Path.GetFileName));
    }

    [Fact]
    public void Versions_are_in_the_order_of_SemVer() => Assert.Equal(
        ["1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-beta.2", "1.0.0-beta.11", "1.0.0-rc.1", "1.0.0", "1.0.10", "1.2"],
        new[] { "1.2", "1.0.0", "1.0.0-rc.1", "1.0.10", "1.0.0-beta.11", "1.0.0-alpha.beta", "1.0.0-alpha", "1.0.0-beta.2", "1.0.0-alpha.1" }.Order(VersionOrder.Instance));

    private static string Refused(Action action) => Assert.Throws<PluginStoreException>(action).Message;
}
