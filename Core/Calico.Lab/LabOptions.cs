using System.Text.RegularExpressions;

namespace Calico.Lab;

/// <summary>What lab to build.</summary>
public sealed partial record LabOptions
{
    /// <summary>The first part of every namespace's name; also what a later run cleans up by.</summary>
    public required string Prefix { get; init; }

    /// <summary>The number of nodes.</summary>
    public int Nodes { get; init; } = 2;

    /// <summary>The number of workloads on each node: w1, w2, …; more come with <see cref="LabTopology.AddWorkload"/>.</summary>
    public int WorkloadsPerNode { get; init; } = 2;

    /// <summary>A second uplink, eth1, on a network of its own.</summary>
    public bool SecondUplink { get; init; }

    internal int Uplinks => SecondUplink ? 2 : 1;

    internal LabOptions Validated()
    {
        CheckPrefix(Prefix);
        return this switch
        {
            { Nodes: < 1 or > LabAddressing.MaxNodes } => throw new LabException($"A lab has 1 to {LabAddressing.MaxNodes} nodes, not {Nodes}."),
            { WorkloadsPerNode: < 0 or > LabAddressing.MaxWorkloads } => throw new LabException($"A node has 0 to {LabAddressing.MaxWorkloads} workloads, not {WorkloadsPerNode}."),
            _ => this,
        };
    }

    internal static void CheckPrefix(string prefix)
    {
        if (!PrefixForm().IsMatch(prefix))
        {
            throw new LabException($"'{prefix}' is no prefix for a lab: 1 to 40 lower-case letters, digits and single hyphens, beginning with a letter.");
        }
    }

    internal static void CheckWorkloadName(string name)
    {
        if (!NameForm().IsMatch(name))
        {
            throw new LabException($"'{name}' is no name for a workload: 1 to 60 lower-case letters, digits, dots and hyphens, beginning with a letter or digit.");
        }
    }

    [GeneratedRegex("^(?=.{1,40}$)[a-z][a-z0-9]*(-[a-z0-9]+)*$")]
    private static partial Regex PrefixForm();

    [GeneratedRegex("^[a-z0-9][a-z0-9.-]{0,59}$")]
    private static partial Regex NameForm();
}
