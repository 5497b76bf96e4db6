using Calico.Agent.CommandLine;
using Calico.Agent.Demo.Nodes;
using Calico.Agent.Tests.Support;

namespace Calico.Agent.Tests.Demo;

public sealed class PluginFoldersTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("calico-demo-plugins").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_folder_is_taken_as_it_is()
    {
        string plugin = Directory.CreateDirectory(Path.Combine(_folder, "mine")).FullName;

        Assert.Equal(plugin, Find(plugin));
    }

    [Fact]
    public void A_package_is_unpacked_into_the_demos_own_store()
    {
        string unpacked = Find(BuiltPlugin.Pack(_folder, "0.5.0"));

        Assert.Equal(Path.Combine(_folder, "unpacked/obedient/0.5.0"), unpacked);
        Assert.True(File.Exists(Path.Combine(unpacked, "Acme.Obedient.dll")));
    }

    [Fact]
    public void What_is_neither_folder_nor_package_is_refused()
    {
        string file = Path.Combine(_folder, "text.nupkg");
        File.WriteAllText(file, "not a package");

        Assert.Contains("is not a package (.nupkg)", Assert.Throws<CommandFailure>(() => Find(file)).Message, StringComparison.Ordinal);
        Assert.Contains("There is no plugin", Assert.Throws<CommandFailure>(() => Find(file + "2")).Message, StringComparison.Ordinal);
    }

    // First-party plugins come before it where the variable that ./run exports is set.
    private string Find(string plugin) => PluginFolders.Find([plugin], Path.Combine(_folder, "unpacked"))[^1];
}
