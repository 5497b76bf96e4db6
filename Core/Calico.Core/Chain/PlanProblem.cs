namespace Calico.Core.Chain;

/// <summary>Why there is no plan.</summary>
/// <param name="PluginId">The plugin without which this problem would not exist.</param>
/// <param name="Sentence">Names the stages, the plugins and the constraints, and says what to do.</param>
public sealed record PlanProblem(string PluginId, string Sentence);
