namespace Calico.Sdk;

/// <summary>Where in a packet's path a stage sits.</summary>
public enum StagePhase
{
    /// <summary>Before the flow lookup; every packet pays for it.</summary>
    PreFlow = 0,

    /// <summary>On the first packet of a flow, and again when the flow is re-decided; later packets do not pay.</summary>
    NewFlow = 1,

    /// <summary>After the flow is known: on every packet, or on those of flows that asked for it.</summary>
    PostFlow = 2,
}
