using Calico.Core.Chain.Declarations;

namespace Calico.Core.Chain.Planning;

/// <summary>What all steps of one planning read, and the problems that they find. Everything is sorted: the order of declaration decides nothing.</summary>
internal sealed class PlanningInput
{
    private readonly List<PlanProblem> _problems = [];

    public PlanningInput(IReadOnlyList<PluginDeclaration> plugins, ChainRecord record, IReadOnlyList<PluginDeclaration> quarantined)
    {
        AllPlugins = [.. plugins.OrderBy(plugin => plugin.Id, StringComparer.Ordinal)];
        Plugins = [.. AllPlugins.DistinctBy(plugin => plugin.Id)];
        Stages = [.. Plugins.SelectMany(plugin => plugin.Stages)
            .OrderBy(stage => stage.Name, StringComparer.Ordinal)
            .ThenBy(stage => stage.PluginId, StringComparer.Ordinal)
            .DistinctBy(stage => stage.Name)];
        Record = record;
        Quarantined = quarantined;
    }

    /// <summary>As given, duplicates and all.</summary>
    public IReadOnlyList<PluginDeclaration> AllPlugins { get; }

    /// <summary>One for each id.</summary>
    public IReadOnlyList<PluginDeclaration> Plugins { get; }

    /// <summary>One for each name.</summary>
    public IReadOnlyList<StageDeclaration> Stages { get; }

    public ChainRecord Record { get; }

    /// <summary>Plugins left out of this planning, so that a problem can say where a missing name went.</summary>
    public IReadOnlyList<PluginDeclaration> Quarantined { get; }

    public IReadOnlyList<PlanProblem> Problems => _problems;

    public void Report(string pluginId, string sentence) => _problems.Add(new PlanProblem(pluginId, sentence));

    /// <summary>
    /// Who gives way among plugins that can't live together: one that the running generation does not have, before one
    /// that it has; else the first candidate.
    /// </summary>
    public string Blame(IEnumerable<string> candidates)
    {
        List<string> all = [.. candidates];
        return all.FirstOrDefault(id => !Record.Plugins.Contains(id)) ?? all[0];
    }
}
