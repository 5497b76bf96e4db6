using Calico.Core.Chain.Declarations;
using Calico.Sdk;

namespace Calico.Core.Chain.Planning;

/// <summary>The stages of one phase on one hook, and what their constraints say about each other.</summary>
/// <remarks>A constraint counts where both stages stand; one that names any other stage says nothing here.</remarks>
internal sealed class StageGraph
{
    private readonly SortedDictionary<string, StageDeclaration> _stages = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<OrderEdge>> _outgoing = [];

    /// <param name="stages">One of each name, all of one phase.</param>
    public StageGraph(IEnumerable<StageDeclaration> stages)
    {
        foreach (StageDeclaration stage in stages)
        {
            _stages.Add(stage.Name, stage);
            _outgoing.Add(stage.Name, []);
        }

        var asked =
            from stage in _stages.Values
            from constraint in stage.Constraints
            where _stages.ContainsKey(constraint.Stage)
            let other = _stages[constraint.Stage]
            select (From: constraint.Before ? stage : other, To: constraint.Before ? other : stage, By: stage);
        Edges = [.. asked
            .GroupBy(edge => (From: edge.From.Name, To: edge.To.Name))
            .OrderBy(group => group.Key.From, StringComparer.Ordinal)
            .ThenBy(group => group.Key.To, StringComparer.Ordinal)
            .Select(group => new OrderEdge(group.First().From, group.First().To, [.. group.Select(edge => edge.By).Distinct()]))];
        foreach (OrderEdge edge in Edges)
        {
            _outgoing[edge.From.Name].Add(edge);
        }
    }

    /// <summary>By name.</summary>
    public IReadOnlyList<OrderEdge> Edges { get; }

    /// <summary>The stages of one phase that are on one hook.</summary>
    public static StageGraph Of(IEnumerable<StageDeclaration> stages, Hooks hook, StagePhase phase) =>
        new(stages.Where(stage => stage.Phase == phase && stage.Hooks.HasFlag(hook)));

    /// <summary>
    /// The order (Kahn 1962): of the stages for which nothing is left that must run before them, an inline one is taken
    /// before a tail-called one, and then the first by name. Stages on or behind a cycle are missing.
    /// </summary>
    public IReadOnlyList<StageDeclaration> Order()
    {
        Dictionary<string, int> waitingFor = _stages.Keys.ToDictionary(name => name, _ => 0);
        foreach (OrderEdge edge in Edges)
        {
            waitingFor[edge.To.Name]++;
        }

        SortedSet<StageDeclaration> ready = new(_stages.Values.Where(stage => waitingFor[stage.Name] == 0), TieBreak.Instance);
        List<StageDeclaration> order = [];
        while (ready.Min is { } next)
        {
            ready.Remove(next);
            order.Add(next);
            foreach (OrderEdge edge in _outgoing[next.Name])
            {
                if (--waitingFor[edge.To.Name] == 0)
                {
                    ready.Add(edge.To);
                }
            }
        }

        return order;
    }

    /// <summary>Cycles that share no stage, each as its edges, beginning at the first of its stages by name.</summary>
    public IReadOnlyList<IReadOnlyList<OrderEdge>> Cycles()
    {
        List<IReadOnlyList<OrderEdge>> cycles = [];
        HashSet<string> used = [.. Order().Select(stage => stage.Name)];
        foreach (string name in _stages.Keys)
        {
            if (!used.Contains(name) && ShortestCycle(name, used) is { } cycle)
            {
                cycles.Add(cycle);
                used.UnionWith(cycle.Select(edge => edge.From.Name));
            }
        }

        return cycles;
    }

    private List<OrderEdge>? ShortestCycle(string start, HashSet<string> without)
    {
        Dictionary<string, OrderEdge> reachedBy = [];
        Queue<string> queue = new([start]);
        while (!reachedBy.ContainsKey(start) && queue.TryDequeue(out string? name))
        {
            foreach (OrderEdge edge in _outgoing[name].Where(edge => !without.Contains(edge.To.Name)))
            {
                if (reachedBy.TryAdd(edge.To.Name, edge))
                {
                    queue.Enqueue(edge.To.Name);
                }
            }
        }

        if (!reachedBy.TryGetValue(start, out OrderEdge? last))
        {
            return null;
        }

        List<OrderEdge> cycle = [last];
        while (cycle[^1].From.Name != start)
        {
            cycle.Add(reachedBy[cycle[^1].From.Name]);
        }

        cycle.Reverse();
        return cycle;
    }

    private sealed class TieBreak : IComparer<StageDeclaration>
    {
        public static TieBreak Instance { get; } = new();

        public int Compare(StageDeclaration? x, StageDeclaration? y)
        {
            bool xLater = x!.Form != StageForm.Inline, yLater = y!.Form != StageForm.Inline;
            return xLater != yLater ? xLater.CompareTo(yLater) : string.CompareOrdinal(x.Name, y.Name);
        }
    }
}
