using System.IO.Compression;
using Calico.Agent.CommandLine;
using Calico.Agent.Demo.Nodes;

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
    public void A_package_is_unpacked_where_the_agents_find_its_assembly_and_content()
    {
        string unpacked = Find(Package("Acme.Stage.1.0.0.nupkg", "Acme.Stage.nuspec", "lib/net10.0/Acme.Stage.dll", "lib/net10.0/de/words.txt", "content/table.txt"));

        Assert.Equal("Acme.Stage.1.0.0", Path.GetFileName(unpacked));
        Assert.Equal(
            ["Acme.Stage.dll", "de/words.txt", "table.txt"],
            Directory.EnumerateFiles(unpacked, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(unpacked, file)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_package_without_an_assembly_for_this_runtime_is_refused()
    {
        CommandFailure refusal = Assert.Throws<CommandFailure>(() => Find(Package("Old.nupkg", "lib/net6.0/Old.dll")));

        Assert.Contains("has no lib/net10.0/", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_package_that_would_write_outside_of_its_folder_is_refused()
    {
        CommandFailure refusal = Assert.Throws<CommandFailure>(() => Find(Package("Evil.nupkg", "lib/net10.0/Evil.dll", "lib/net10.0/../../../evil.txt")));

        Assert.Contains("outside of its folder", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(_folder, "evil.txt", SearchOption.AllDirectories));
    }

    [Fact]
    public void What_is_neither_folder_nor_package_is_refused()
    {
        string file = Path.Combine(_folder, "text.nupkg");
        File.WriteAllText(file, "not a package");

        Assert.Contains("neither a folder nor a package", Assert.Throws<CommandFailure>(() => Find(file)).Message, StringComparison.Ordinal);
        Assert.Contains("There is no plugin", Assert.Throws<CommandFailure>(() => Find(file + "2")).Message, StringComparison.Ordinal);
    }

    // First-party plugins come before it where the variable that ./run exports is set.
    private string Find(string plugin) => PluginFolders.Find([plugin], Path.Combine(_folder, "unpacked"))[^1];

    private string Package(string name, params string[] entries)
    {
        string file = Path.Combine(_folder, name);
        using ZipArchive archive = ZipFile.Open(file, ZipArchiveMode.Create);
        foreach (string entry in entries)
        {
            using Stream content = archive.CreateEntry(entry).Open();
            content.WriteByte(1);
        }

        return file;
    }
}
