using Calico.Sdk;

namespace Calico.Core.Chain;

/// <summary>Why a stage stands where it stands on one hook.</summary>
/// <param name="Stage">Its name.</param>
/// <param name="PluginId">Whose it is.</param>
/// <param name="Phase">Its phase.</param>
/// <param name="Position">Its place in the phase, from 1.</param>
/// <param name="Sentences">The reasons: first why it comes after its predecessor, then its constraints and conditions.</param>
public sealed record StageExplanation(string Stage, string PluginId, StagePhase Phase, int Position, IReadOnlyList<string> Sentences);
