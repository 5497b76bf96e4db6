using Calico.Agent.Tests.Support;
using Calico.Core.Plugins.Development;

namespace Calico.Agent.Tests.Development;

public sealed class DevelopmentFolderTests : IDisposable
{
    private readonly TemporaryFolder _place = new();

    private string Build => _place.File("build");

    [Fact]
    public void A_build_is_copied_once_it_is_the_same_at_two_looks()
    {
        DevelopmentBuilds.Write(Build);
        var folder = new DevelopmentFolder(Build, _place.File("dev"));

        Assert.Null(folder.Look());
        DevelopmentBuilds.Touch(Build);
        Assert.Null(folder.Look());
        Assert.Equal(_place.File("dev/obedient/1"), folder.Look());
        Assert.Null(folder.Look());
        Assert.Equal(DevelopmentBuilds.Files(Build), DevelopmentBuilds.Files(_place.File("dev/obedient/1")));
    }

    [Theory]
    [InlineData("Acme.Obedient.dll")]
    [InlineData("Acme.Obedient.deps.json")]
    [InlineData("calico-plugin.json")]
    public void A_build_that_lacks_a_file_is_waited_for(string file)
    {
        DevelopmentBuilds.Write(Build);
        var folder = new DevelopmentFolder(Build, _place.File("dev"));
        folder.Accept(folder.Look(isSettled: true)!);

        File.Delete(Path.Combine(Build, file));
        Assert.Null(folder.Look());
        Assert.Null(folder.Look());
        Assert.NotNull(folder.Unfit);
        DevelopmentBuilds.Write(Build);
        Assert.Null(folder.Look());
        Assert.Equal(_place.File("dev/obedient/2"), folder.Look());
        Assert.Null(folder.Unfit);
    }

    [Fact]
    public void A_dll_that_is_written_half_is_waited_for()
    {
        DevelopmentBuilds.Write(Build);
        string dll = Path.Combine(Build, "Acme.Obedient.dll");
        File.WriteAllBytes(dll, File.ReadAllBytes(dll)[..300]);
        var folder = new DevelopmentFolder(Build, _place.File("dev"));

        Assert.Null(folder.Look(isSettled: true));
        Assert.NotNull(folder.Unfit);
        Assert.False(Directory.Exists(_place.File("dev")));
    }

    [Fact]
    public void A_copy_goes_when_the_next_is_in_force_or_it_is_refused()
    {
        DevelopmentBuilds.Write(Build);
        var folder = new DevelopmentFolder(Build, _place.File("dev"));
        folder.Accept(folder.Look(isSettled: true)!);

        DevelopmentBuilds.Touch(Build);
        DevelopmentFolder.Refuse(folder.Look(isSettled: true)!);
        Assert.Equal(["1"], Copies());
        DevelopmentBuilds.Touch(Build);
        folder.Accept(folder.Look(isSettled: true)!);
        Assert.Equal(["3"], Copies());
        Assert.Equal(_place.File("dev/obedient/3"), folder.InForce);
    }

    [Fact]
    public void A_build_that_everybody_may_write_is_not_copied()
    {
        DevelopmentBuilds.Write(Build);
        string dll = Path.Combine(Build, "Acme.Obedient.dll");
        File.SetUnixFileMode(dll, File.GetUnixFileMode(dll) | UnixFileMode.OtherWrite);
        var folder = new DevelopmentFolder(Build, _place.File("dev"));

        Assert.Null(folder.Look(isSettled: true));
        Assert.Contains("can be written by everybody", folder.Unfit, StringComparison.Ordinal);
    }

    public void Dispose() => _place.Dispose();

    private IEnumerable<string?> Copies() => Directory.EnumerateDirectories(_place.File("dev/obedient")).Select(Path.GetFileName);
}
