using Calico.Core.Chain;
using Calico.Core.Chain.Rendering;
using Calico.Core.Runtime.Sockets;
using Calico.Sdk;

namespace Calico.Core.Runtime.Generations;

/// <summary>One loaded set of chains. Immutable once loaded; swapped whole.</summary>
public sealed class Generation : IDisposable
{
    private readonly Dictionary<Hooks, LoadedHook> _hooks;

    internal Generation(int number, RenderedChains chains, Dictionary<Hooks, LoadedHook> hooks)
    {
        Number = number;
        Chains = chains;
        _hooks = hooks;
    }

    /// <summary>Counted from 1 over the life of the instance.</summary>
    public int Number { get; }

    public RenderedChains Chains { get; }

    public ChainPlan Plan => Chains.Plan;

    public DateTimeOffset LoadedAt { get; } = DateTimeOffset.UtcNow;

    public IReadOnlyDictionary<Hooks, LoadedHook> Hooks => _hooks;

    /// <summary>The programs at sockets.</summary>
    internal LoadedSocketPrograms SocketPrograms { get; set; } = LoadedSocketPrograms.None;

    public void Dispose()
    {
        SocketPrograms.Dispose();
        foreach (var hook in _hooks.Values)
        {
            hook.Dispose();
        }
    }
}
