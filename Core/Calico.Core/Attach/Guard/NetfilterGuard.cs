using Calico.Core.Bpf;
using Calico.Core.Chain.Rendering;
using Calico.Core.Compile;
using Calico.Core.Maps;
using Calico.Core.Maps.Layout;
using Calico.Sdk;

namespace Calico.Core.Attach;

/// <summary>The guard as a program on pinned netfilter links, one for each family.</summary>
internal sealed class NetfilterGuard(string folder) : IDisposable
{
    /// <summary>Before anything remembers a packet: reassembly is at −400, and connection tracking at −200.</summary>
    private const int FirstPriority = -500;

    // The kernel takes one BPF program at a priority. Two of ours meet while one follows the other; the rest is for other people's.
    private const int Priorities = 16;

    private static readonly SharedMap DropsMap = new("guard_drops", MapType.PerCpuArray, typeof(uint), typeof(PacketCount), 2);

    private static readonly (NetfilterFamily Family, string Pin)[] Links = [(NetfilterFamily.IPv4, "link_v4"), (NetfilterFamily.IPv6, "link_v6")];

    private MapSet? _maps;

    public bool IsInstalled => Links.All(link => File.Exists(PathOf(link.Pin)));

    /// <summary>Puts it in force; where an older one is, without a moment in which neither is.</summary>
    public void Install(GuardSpec spec, ProgramCompiler compiler, string cpu)
    {
        var types = new CEmitter();
        string map = DropsMap.Declare(types);
        var compiled = compiler.Compile(
            TemplateRenderer.Render("guard.bpf.c.sbn", EmbeddedTemplates.Core, GuardModel.Of(spec)),
            ClangOptions.For(cpu),
            [GeneratedHeaders.Header("guard.h", types + map)]);
        using var loaded = BpfObject.Load("guard", compiled.Elf, Maps().Maps);
        var program = loaded.Programs["guard"];
        foreach (var (_, pin) in Links)
        {
            // An agent that died while it replaced the guard left both in force, or the first of all.
            if (File.Exists(NextOf(pin)))
            {
                File.Move(NextOf(pin), PathOf(pin), overwrite: true);
            }
        }

        try
        {
            foreach (var (family, pin) in Links)
            {
                using var link = Attach(program, family);
                link.Pin(NextOf(pin));
            }
        }
        catch
        {
            foreach (var (_, pin) in Links)
            {
                File.Delete(NextOf(pin));
            }

            throw;
        }

        foreach (var (_, pin) in Links)
        {
            // The new one is in force already. When its pin takes the old one's place, the old link goes.
            File.Move(NextOf(pin), PathOf(pin), overwrite: true);
        }
    }

    public GuardDrops ReadDrops()
    {
        var counts = new PerCpuMap<uint, PacketCount>(Maps()[DropsMap.Name]);
        return new GuardDrops(Sum(counts[0]), Sum(counts[1]));
    }

    public void Remove()
    {
        _maps?.Dispose();
        _maps = null;
        if (!Directory.Exists(folder))
        {
            return;
        }

        foreach (var (_, pin) in Links)
        {
            foreach (var path in (string[])[PathOf(pin), NextOf(pin)])
            {
                if (File.Exists(path))
                {
                    // Without a pin the kernel frees a link when it finds the time; detached, it drops nothing from now on.
                    using var link = BpfLink.OpenPinned(path);
                    link.Detach();
                }
            }
        }

        Directory.Delete(folder, recursive: true);
    }

    public void Dispose() => _maps?.Dispose();

    private MapSet Maps()
    {
        if (_maps is null)
        {
            _maps = new MapSet(folder);
            _maps.Ensure([DropsMap]);
        }

        return _maps;
    }

    private static BpfLink Attach(BpfProgram program, NetfilterFamily family)
    {
        for (int at = 0; ; at++)
        {
            try
            {
                return BpfLink.AttachNetfilter(program, family, NetfilterHook.PreRouting, FirstPriority + at);
            }
            catch (BpfException taken) when (taken.Errno == Errno.EBUSY && at + 1 < Priorities)
            {
                // Another program is at this priority.
            }
        }
    }

    private string PathOf(string pin) => Path.Combine(folder, pin);

    private string NextOf(string pin) => Path.Combine(folder, pin + "_next");

    private static FlowCounters Sum(PacketCount[] counts) =>
        counts.Aggregate(default(FlowCounters), (sum, count) => new FlowCounters(sum.Packets + count.Packets, sum.Bytes + count.Bytes));
}
