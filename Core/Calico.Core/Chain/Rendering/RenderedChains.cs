using Calico.Core.Compile;

namespace Calico.Core.Chain.Rendering;

/// <summary>All C of one generation.</summary>
/// <param name="Plan">The plan it was rendered from.</param>
/// <param name="Settings">The settings it was rendered with.</param>
/// <param name="Headers">What its files include beside the header library.</param>
/// <param name="Units">The files.</param>
public sealed record RenderedChains(
    ChainPlan Plan, ChainSettings Settings, IReadOnlyList<VirtualHeader> Headers, IReadOnlyList<RenderedUnit> Units);
