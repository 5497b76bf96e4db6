namespace Calico.Sdk;

/// <summary>What happens to a packet when the tail call to a stage is missed (its slot is empty).</summary>
public enum MissedCallRule
{
    /// <summary>The packet is dropped and counted; the default, because a missing policy stage must not open traffic.</summary>
    Drop = 0,

    /// <summary>The packet is counted and goes on with the next stage: for stages that only observe.</summary>
    Skip = 1,
}
