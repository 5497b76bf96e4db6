namespace Calico.Core.Chain.Declarations;

/// <summary>One stream of events as its plugin asked for it.</summary>
/// <param name="PluginId">Who declared it.</param>
/// <param name="Name">snake_case.</param>
/// <param name="Record">One event.</param>
/// <param name="RingBytes">The ring's size: a power of two of pages.</param>
public sealed record EventDeclaration(string PluginId, string Name, Type Record, uint RingBytes)
{
    /// <summary>What the ring is called in C and in bpffs: unique among all plugins.</summary>
    public string CName => $"{PluginId.Replace('-', '_')}_{Name}";

    /// <summary>The map that counts the events for which the ring had no room.</summary>
    public string LostCName => CName + "_lost";
}
