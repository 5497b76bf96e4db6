namespace Calico.Core.Chain;

/// <summary>A plan of the plugins that can be planned, and those that were left out.</summary>
public sealed record QuarantinedPlan(ChainPlan Plan, IReadOnlyList<QuarantinedPlugin> Quarantined);

/// <summary>A plugin that was left out.</summary>
/// <param name="PluginId">Its id.</param>
/// <param name="Reasons">Sentences.</param>
public sealed record QuarantinedPlugin(string PluginId, IReadOnlyList<string> Reasons);
