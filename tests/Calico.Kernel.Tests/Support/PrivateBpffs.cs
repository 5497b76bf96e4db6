namespace Calico.Kernel.Tests.Support;

/// <summary>A bpffs of the test's own: unmounting it removes every pin in it.</summary>
public sealed class PrivateBpffs : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("calico-bpf-test-").FullName;

    public PrivateBpffs()
    {
        try
        {
            Shell.Run("mount", "-t", "bpf", "calico-bpf-test", _folder);
        }
        catch
        {
            Directory.Delete(_folder);
            throw;
        }
    }

    public string Path(string name) => System.IO.Path.Combine(_folder, name);

    public void Dispose()
    {
        Shell.Run("umount", "-l", _folder);
        Directory.Delete(_folder);
    }
}
