using Calico.Core.Chain.Declarations;

namespace Calico.Core.Chain.Planning;

/// <summary>"From runs before To", and which of the two asked for it (perhaps both).</summary>
internal sealed record OrderEdge(StageDeclaration From, StageDeclaration To, IReadOnlyList<StageDeclaration> AskedBy)
{
    /// <summary>The plugins that asked.</summary>
    public IEnumerable<string> Plugins => AskedBy.Select(stage => stage.PluginId).Distinct();

    public override string ToString() => string.Join(" and ", AskedBy.Select(stage => stage == From
        ? $"'{From.Name}' of plugin '{From.PluginId}' asks to run before '{To.Name}'"
        : $"'{To.Name}' of plugin '{To.PluginId}' asks to run after '{From.Name}'"));
}
