using Calico.Core.Attach;
using Calico.Core.Bpf;
using Calico.Core.Compile;
using Calico.Core.Configuration;
using Calico.Lab;

namespace Calico.Node.Tests.Attach;

/// <summary>A host and a neighbour in namespaces of their own, a bpffs of the test's own, and the guard of the host.</summary>
internal sealed class GuardedNode : IDisposable
{
    public const uint MarkSeen = 0x0010_0000;

    private readonly string _unique = $"calico-flows-{Guid.NewGuid():N}"[..22];
    private readonly DirectoryInfo _folder;
    private readonly List<IDisposable> _held = [];
    private int _links;

    public GuardedNode()
    {
        _folder = Directory.CreateTempSubdirectory("calico-flows-");
        Host = NetworkNamespace.Create($"{_unique}-h");
        Neighbour = NetworkNamespace.Create($"{_unique}-n");
        Directory.CreateDirectory(Bpffs);
        Host.Run("mount", "-t", "bpf", _unique, Bpffs);
        Compiler = ProgramCompiler.Default(Path.Combine(_folder.FullName, "cache"));
    }

    public NetworkNamespace Host { get; }

    public NetworkNamespace Neighbour { get; }

    public ProgramCompiler Compiler { get; }

    public string Instance => _unique;

    public string GuardFolder => Path.Combine(Bpffs, "guard");

    private string Bpffs => Path.Combine(_folder.FullName, "bpf");

    public GuardSpec Spec(GuardMode mode, params string[] workload) => new()
    {
        Instance = Instance,
        Rules = GuardRule.Of(new InterfaceConfiguration { Workload = [.. workload.Select(pattern => new InterfacePattern(pattern))] }),
        MarkSeen = MarkSeen,
        Mode = mode,
    };

    public Guard Install(GuardSpec spec, KernelFeature disabled = KernelFeature.None) =>
        Host.Enter(() => Guard.Install(spec, new KernelFeatures(disabled), Compiler, GuardFolder));

    /// <summary>Installs it and lets go of it at once, as an agent that ended.</summary>
    public void InstallAndLeave(GuardSpec spec) => Install(spec).Dispose();

    public void Remove() => Host.Enter(() => Guard.Remove(Instance, GuardFolder));

    public GuardMode Find() => Host.Enter(() => Guard.Find(Instance, GuardFolder));

    public GuardDrops Drops(Guard guard) => Host.Enter(guard.ReadDrops);

    /// <summary>A veth of the host with this name, whose peer is the neighbour's; both ends have addresses of a network of their own.</summary>
    public GuardedLink AddLink(string name)
    {
        int number = ++_links;
        Host.Ip($"link add {name} type veth peer name p{number} netns {Neighbour.Name}", $"link set {name} up",
            $"addr add 10.77.{number}.1/24 dev {name}", $"addr add fd77:{number}::1/64 dev {name} nodad");
        Neighbour.Ip($"link set p{number} up", $"addr add 10.77.{number}.2/24 dev p{number}", $"addr add fd77:{number}::2/64 dev p{number} nodad");
        return new GuardedLink(this, name, $"10.77.{number}.1", $"fd77:{number}::1");
    }

    public void Hold(IDisposable held) => _held.Add(held);

    public void Dispose()
    {
        foreach (var held in _held)
        {
            held.Dispose();
        }

        Remove();
        Host.TryRun("umount", "-l", Bpffs);
        Host.Dispose();
        Neighbour.Dispose();
        _folder.Delete(recursive: true);
    }
}
