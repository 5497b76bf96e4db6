namespace Calico.Node.Tests.Dataplane.Support;

/// <summary>What differs from the agent's defaults.</summary>
internal sealed record AgentOptions
{
    /// <summary>Top-level fields of agent.yaml, such as <c>hostRouting: true</c>.</summary>
    public string More { get; init; } = "";

    /// <summary>The plugins' folders; one in braces is an entry as agent.yaml has it.</summary>
    public IReadOnlyList<string> Plugins { get; init; } = [Built.FlowCounters];

    public string Text(string instance, string node, string resources, string folder, string bpffs) => $"""
        instance: {instance}
        node: {node}
        resources: {resources}
        plugins: [{string.Join(", ", Plugins.Select(plugin => plugin.StartsWith('{') ? plugin : $"{{ folder: {plugin} }}"))}]
        flowTable:
          maxEntriesIpv4: 8192
          maxEntriesIpv6: 8192
          maxPending: 2048
        paths:
          state: {folder}/state
          run: {folder}/run
          bpffs: {bpffs}
          cache: {Built.Cache}
        {More}

        """;
}
