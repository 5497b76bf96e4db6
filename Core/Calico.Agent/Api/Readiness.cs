namespace Calico.Agent.Api;

/// <summary>How far an agent is.</summary>
internal enum AgentPhase
{
    /// <summary>Plugins are loaded, chains made and attached.</summary>
    Starting = 0,

    /// <summary>All is in place.</summary>
    Ready = 1,

    /// <summary>It is going away; traffic flows on.</summary>
    Stopping = 2,
}

/// <summary>How far this agent is. Thread-safe.</summary>
internal sealed class Readiness
{
    private volatile AgentPhase _phase = AgentPhase.Starting;

    public AgentPhase Phase
    {
        get => _phase;
        set => _phase = value;
    }

    /// <summary>Why nothing can be asked yet, or any more; null if all can be.</summary>
    public string? Explain() => Phase switch
    {
        AgentPhase.Starting => "The agent is starting: its chains are not in place yet. Ask again in a few seconds.",
        AgentPhase.Stopping => "The agent is stopping. Traffic flows on without it; ask again when it runs.",
        _ => null,
    };
}
