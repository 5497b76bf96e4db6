using Calico.Core.Compile;

namespace Calico.Core.Chain.Rendering;

/// <summary>All C of one generation.</summary>
/// <param name="Plan">The plan it was rendered from.</param>
/// <param name="Settings">The settings it was rendered with.</param>
/// <param name="Headers">What its files include beside the header library.</param>
/// <param name="Units">The files.</param>
public sealed record RenderedChains(
    ChainPlan Plan, ChainSettings Settings, IReadOnlyList<VirtualHeader> Headers, IReadOnlyList<RenderedUnit> Units)
{
    /// <summary>The templates of the stages, by stage name: what decides whether two generations' stages are the same.</summary>
    public required IReadOnlyDictionary<string, string> Templates { get; init; }

    /// <summary>The programs that stand at sockets, in the order in which they run.</summary>
    public IReadOnlyList<RenderedSocketProgram> SocketPrograms { get; init; } = [];

    /// <summary>The text of a stage's template.</summary>
    public string TemplateOf(StagePlan stage)
    {
        ArgumentNullException.ThrowIfNull(stage);
        return Templates[stage.Name];
    }
}
