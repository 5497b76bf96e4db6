using Calico.Core.Chain.Declarations;

namespace Calico.Core.Chain;

/// <summary>A trace note with its number, which stays the same across generations.</summary>
/// <param name="Declaration">What its plugin asked for.</param>
/// <param name="Number">1 … 65535.</param>
public sealed record PlannedTraceNote(TraceNoteDeclaration Declaration, int Number)
{
    public string PluginId => Declaration.PluginId;

    public string Name => Declaration.Name;

    /// <summary>Its name in C.</summary>
    public string CName => "NOTE_" + Name;
}
