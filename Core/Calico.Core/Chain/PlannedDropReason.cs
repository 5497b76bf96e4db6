namespace Calico.Core.Chain;

/// <summary>A drop reason with its number, which stays the same across generations.</summary>
/// <param name="PluginId">Who declared it; <c>core</c> for the spine's own.</param>
/// <param name="Name">UPPER_CASE.</param>
/// <param name="Number">1 … 65535.</param>
/// <param name="Sentence">What it means.</param>
public sealed record PlannedDropReason(string PluginId, string Name, int Number, string Sentence)
{
    /// <summary>Its name in C.</summary>
    public string CName => "DROP_" + Name;
}
