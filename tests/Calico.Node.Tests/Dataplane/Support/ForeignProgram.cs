using Calico.Core.Bpf;
using Calico.Core.Compile;
using Calico.Lab;

namespace Calico.Node.Tests.Dataplane.Support;

/// <summary>Somebody else's TC program: it drops whatever it gets to see.</summary>
internal sealed class ForeignProgram : IDisposable
{
    private const string Source = """
        __attribute__((section("tc"), used)) int foreign(void *ctx) { return 2; }
        char _license[] __attribute__((section("license"), used)) = "GPL";
        """;

    private readonly LoadedObject _loaded;

    public ForeignProgram()
    {
        var folder = Directory.CreateTempSubdirectory("calico-nodetests-");
        try
        {
            File.WriteAllText(Path.Combine(folder.FullName, "foreign.c"), Source);
            var compiled = System.Diagnostics.Process.Start(
                ClangToolchain.Find().Path, ["-target", "bpf", "-O2", "-g", "-c", "-o", $"{folder.FullName}/foreign.o", $"{folder.FullName}/foreign.c"]);
            compiled.WaitForExit();
            _loaded = BpfObject.Load("foreign", File.ReadAllBytes(Path.Combine(folder.FullName, "foreign.o")), new Dictionary<string, BpfMap>());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    public BpfProgram Program => _loaded.Programs["foreign"];

    public uint Id => Program.Info().Id;

    /// <summary>Attaches it as a TCX link, behind those that are there.</summary>
    public BpfLink AttachTcx(NetworkNamespace inside, int ifindex, TcDirection direction) =>
        inside.Enter(() => BpfLink.AttachTcx(Program, ifindex, direction));

    /// <summary>Attaches it as a clsact filter.</summary>
    public ClsactFilter AttachFilter(NetworkNamespace inside, int ifindex, TcDirection direction, ushort priority)
    {
        var filter = new ClsactFilter(ifindex, direction, priority, 7);
        inside.Enter(() => filter.Attach(Program));
        return filter;
    }

    public void Dispose() => _loaded.Dispose();
}
