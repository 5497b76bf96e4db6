using System.IO.Compression;
using Calico.Core.Plugins;

namespace Calico.Core.Tests.Plugins.Store;

public sealed class PackageTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_is_no_package_is_refused()
    {
        string file = Path.Combine(_folder.Path, "text.nupkg");
        File.WriteAllText(file, "not a package");
        Assert.StartsWith($"{file} is not a package (.nupkg), or it is damaged: ", Refused(file), StringComparison.Ordinal);
        Assert.Equal($"There is no file {file}2.", Refused(file + "2"));
        Assert.StartsWith($"{_folder.Path} is a folder.", Refused(_folder.Path), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("docs/readme.md", " has no lib/net10.0/, so it is no package of a plugin. `dotnet pack` of a project with <CalicoPlugin>true</CalicoPlugin> makes one.")]
    [InlineData("lib/net11.0/New.dll", " has no lib/net10.0/, only lib/net11.0/: it is no plugin for this host. Pack the plugin for net10.0, or upgrade the host.")]
    [InlineData("lib/netstandard2.0/Old.dll", " has no lib/net10.0/, only lib/netstandard2.0/: it is no plugin for this host. Pack the plugin for net10.0, or upgrade the host.")]
    [InlineData("lib/net10.0/Library.dll", " has no calico-plugin.json beside its assembly, so it is no package of a plugin. `dotnet pack` of a project with <CalicoPlugin>true</CalicoPlugin> makes one.")]
    public void A_package_that_is_no_plugins_is_refused(string entry, string reason)
    {
        string file = TestPackage.Of(_folder.Path, "other", (entry, [1]));
        Assert.Equal(file + reason, Refused(file));
    }

    [Theory]
    [InlineData("lib/net10.0/../../../evil.txt")]
    [InlineData("lib/net10.0//tmp/evil.txt")]
    [InlineData("lib/net10.0/%2E%2E/%2E%2E/evil.txt")]
    [InlineData("lib/net10.0/..\\evil.txt")]
    public void A_name_that_leads_outside_is_refused(string entry)
    {
        string file = TestPackage.Of(_folder.Path, "evil", ("lib/net10.0/Evil.dll", [1]), (entry, [1]));
        Assert.Contains("which would be written outside of its folder; it is not used.", Refused(file), StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(_folder.Path, "*evil.txt", SearchOption.AllDirectories));
        Assert.False(File.Exists("/tmp/evil.txt"));
    }

    [Fact]
    public void A_link_is_refused()
    {
        string file = Path.Combine(_folder.Path, "link.nupkg");
        using (ZipArchive archive = ZipFile.Open(file, ZipArchiveMode.Create))
        {
            ZipArchiveEntry entry = archive.CreateEntry("lib/net10.0/link.dll");
            entry.ExternalAttributes = unchecked((int)(0xa1ffu << 16));
            using Stream content = entry.Open();
            content.Write("/etc/shadow"u8);
        }

        Assert.Equal($"{file} holds 'lib/net10.0/link.dll', which is a link or a device and not a file. It is not used.", Refused(file));
    }

    [Fact]
    public void A_package_that_unpacks_to_more_than_it_may_is_refused_and_leaves_nothing()
    {
        string bomb = TestPackage.Of(_folder.Path, "bomb", ("lib/net10.0/zeros.bin", new byte[3 * 1024 * 1024]));
        Assert.True(new FileInfo(bomb).Length < 100_000);
        Assert.Equal($"{bomb} unpacks to more than 2 MiB, and a plugin has at most that. It is not used.", Refused(bomb, new PackageLimits { MaxBytes = 2 * 1024 * 1024 }));
        string many = TestPackage.Of(_folder.Path, "many", [.. Enumerable.Range(0, 20).Select(number => ($"lib/net10.0/{number}", Array.Empty<byte>()))]);
        Assert.Equal($"{many} holds 20 files, and a plugin has at most 10. It was not unpacked.", Refused(many, new PackageLimits { MaxFiles = 10 }));
        Assert.Empty(Directory.EnumerateDirectories(Path.Combine(_folder.Path, "store")));
    }

    [Fact]
    public void Two_files_of_one_name_are_refused()
    {
        string file = TestPackage.Of(_folder.Path, "twice", ("lib/net10.0/a.dll", [1]), ("lib/net10.0/a.dll", [2]));
        Assert.Contains("could not be unpacked into", Refused(file), StringComparison.Ordinal);
    }

    /// <summary>A damaged download: a sentence, never another exception, and nothing in the store.</summary>
    [Fact]
    public void A_package_cut_or_changed_anywhere_is_refused_or_complete()
    {
        byte[] whole = File.ReadAllBytes(TestPackage.Good(_folder.Path, "1.0.0"));
        string file = Path.Combine(_folder.Path, "spoiled.nupkg");
        var random = new Random(20_261_124);
        var store = new PluginStore(Path.Combine(_folder.Path, "store"));
        for (int round = 0; round < 150; round++)
        {
            byte[] spoiled = round % 3 == 0 ? whole[..random.Next(whole.Length)] : [.. whole];
            if (spoiled.Length > 0)
            {
                spoiled[random.Next(spoiled.Length)] ^= (byte)(1 << random.Next(8));
            }

            File.WriteAllBytes(file, spoiled);
            try
            {
                store.Install(file);
            }
            catch (Exception refused) when (refused is PluginStoreException or PluginLoadException)
            {
                Assert.NotEmpty(refused.Message);
            }
        }
    }

    private string Refused(string package, PackageLimits? limits = null) => Assert.Throws<PluginStoreException>(
        () => new PluginStore(Path.Combine(_folder.Path, "store")).Install(package, limits: limits)).Message;
}
