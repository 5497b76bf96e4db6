using Calico.Benchmarks.Chains;
using Calico.Core.Bpf;
using Calico.Core.Runtime.Generations;
using Calico.Sdk;

namespace Calico.Benchmarks.TestRuns;

/// <summary>Which flows a wrapper's packets belong to.</summary>
internal enum Flows
{
    /// <summary>All to the one that the packet was made for.</summary>
    Same,

    /// <summary>Each to the next.</summary>
    Next,

    /// <summary>Each to one at random.</summary>
    Random,
}

/// <summary>The program that restores the packet and enters another, as the C in wrapper.bpf.c.sbn says.</summary>
internal sealed class Wrapper : IDisposable
{
    /// <summary>How many flows <see cref="Flows.Random"/> chooses from.</summary>
    public const int FlowCount = 480_000;

    private readonly LoadedObject _loaded;

    private Wrapper(int family, Flows flows, int hooks, bool fromServer) => _loaded = ChainBuilder.LoadOwn("wrapper.bpf.c.sbn", new
    {
        Family = family,
        Flows = flows.ToString().ToLowerInvariant(),
        FlowCount,
        Hooks = hooks,
        FromServer = fromServer,
    });

    public BpfProgram Program => _loaded.Programs["run"];

    /// <summary>Around the entry of a workload's chain; for a packet that leaves the node also around that of the uplink.</summary>
    public static Wrapper Around(Generation generation, int family, Flows flows, bool remote, bool fromServer = false)
    {
        var wrapper = new Wrapper(family, flows, remote ? 2 : 1, fromServer);
        wrapper.Fill(0, generation.Hooks[Hooks.WorkloadIngress].Entry);
        if (remote)
        {
            wrapper.Fill(1, generation.Hooks[Hooks.HostEgress].Entry);
        }

        return wrapper;
    }

    /// <summary>Around any program.</summary>
    public static Wrapper Around(BpfProgram program)
    {
        var wrapper = new Wrapper(4, Flows.Same, 1, fromServer: false);
        wrapper.Fill(0, program);
        return wrapper;
    }

    /// <summary>Around nothing: the floor.</summary>
    public static Wrapper Empty(int family, Flows flows, bool remote)
    {
        var wrapper = new Wrapper(family, flows, remote ? 2 : 1, fromServer: false);
        wrapper.Fill(0, wrapper._loaded.Programs["empty"]);
        if (remote)
        {
            wrapper.Fill(1, wrapper._loaded.Programs["empty"]);
        }

        return wrapper;
    }

    /// <summary>Lets <see cref="Flows.Next"/> begin anew at a flow's number.</summary>
    public void Turn(uint number) => _loaded.Maps["turn"].Update(BitConverter.GetBytes(0u), BitConverter.GetBytes(number));

    public void Dispose() => _loaded.Dispose();

    private void Fill(uint slot, BpfProgram program) => _loaded.Maps["targets"].Update(slot, program);
}
