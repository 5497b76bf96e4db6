namespace Calico.Core.Runtime.Reports;

/// <summary>The whole in one look.</summary>
/// <param name="Instance">The agent's instance name.</param>
/// <param name="Node">The node's name.</param>
/// <param name="Generation">Number of the running generation, from 1; 0 = none.</param>
/// <param name="LoadedAt">When it was swapped in.</param>
/// <param name="Attach"><c>tcx</c> or <c>clsact</c>.</param>
/// <param name="Guard">What keeps un-judged workload traffic out: <c>netfilter</c>, <c>nftables</c> or <c>off</c>.</param>
/// <param name="Interfaces">Interfaces with a chain.</param>
/// <param name="Workloads">Local workloads known.</param>
/// <param name="Stages">Stages in the plan.</param>
/// <param name="Programs">Loaded programs.</param>
/// <param name="Problems">What is wrong now, a sentence each; empty = all is well.</param>
public sealed record StatusReport(
    string Instance,
    string Node,
    int Generation,
    DateTimeOffset? LoadedAt,
    string Attach,
    string Guard,
    int Interfaces,
    int Workloads,
    int Stages,
    int Programs,
    IReadOnlyList<string> Problems)
{
    /// <summary>Plugin assemblies in memory: the running ones, and stopped ones that are not collected (yet).</summary>
    public int PluginContexts { get; init; }

    /// <summary>How the last reload went; null where there was none since the start.</summary>
    public ReloadReport? LastReload { get; init; }

    /// <summary>What is worth knowing and no problem, a sentence each.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
