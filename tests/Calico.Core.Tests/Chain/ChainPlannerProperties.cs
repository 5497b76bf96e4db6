using Calico.Core.Chain;
using Calico.Core.Chain.Declarations;
using Calico.Sdk;
using CsCheck;

namespace Calico.Core.Tests.Chain;

public sealed class ChainPlannerProperties
{
    private const int MostStages = 20;

    private static readonly Hooks[] s_hooks = [Hooks.WorkloadIngress, Hooks.WorkloadEgress, Hooks.HostIngress, Hooks.HostEgress, Hooks.TunnelIngress];

    /// <summary>
    /// Stages in a hidden order, with constraints along it only, some of them optional names of nobody; names are
    /// shuffled, so that the order of names helps nobody. Inline PostFlow stages come first in the hidden order.
    /// </summary>
    private static readonly Gen<PluginDeclaration[]> s_acyclic =
        from count in Gen.Int[1, MostStages]
        from names in Gen.Shuffle(Enumerable.Range(0, count).Select(i => $"s{i:00}").ToArray())
        from phases in Gen.Int[0, 2].Array[count]
        from hooks in Gen.Int[1, 31].Array[count]
        from inline in Gen.Int[0, count].Select(n => n)
        from demand in Gen.Bool.Array[count]
        from owners in Gen.Int[0, 4].Array[count]
        from edges in Gen.Select(Gen.Int[0, count - 1], Gen.Int[0, count - 1], Gen.Bool, Gen.Bool).Array[0, 3 * count]
        select Plugins(names, phases, hooks, inline, demand, owners, edges);

    private static PluginDeclaration[] Plugins(
        string[] names, int[] phases, int[] hooks, int inline, bool[] demand, int[] owners, (int, int, bool, bool)[] edges)
    {
        StageDeclaration[] stages = [.. names.Select((name, i) => new StageDeclaration($"p{owners[i]}", name, (StagePhase)phases[i])
        {
            Hooks = (Hooks)hooks[i],
            Form = phases[i] == 2 && i < inline ? StageForm.Inline : StageForm.TailCalled,
            OnDemand = phases[i] == 2 && demand[i],
        })];
        foreach ((int a, int b, bool byFirst, bool optional) in edges)
        {
            (int first, int second) = (Math.Min(a, b), Math.Max(a, b));
            if (first == second || phases[first] != phases[second])
            {
                continue;
            }

            (int owner, int other) = byFirst ? (first, second) : (second, first);
            stages[owner] = stages[owner] with { Constraints = [.. stages[owner].Constraints, new(byFirst, names[other], optional)] };
        }

        return [.. stages.GroupBy(stage => stage.PluginId).Select(group => new PluginDeclaration(group.Key) { Stages = [.. group] })];
    }

    private static string Shown(ChainPlan plan) => string.Join("\n", plan.Hooks.SelectMany(hook => hook.Programs.Select(program =>
        $"{hook.Name} {program.Slot} {program.Name} {Shown(program.Successors)} {Shown(program.NewFlowSuccessors)}")
        .Append(string.Join(" ", hook.Stages.Names())))) + plan.Record.ToJson();

    private static string Shown(IEnumerable<Successor> successors) => string.Join(",", successors.Select(s => $"{s.Slot}?{s.Bit}"));

    [Fact]
    public void A_random_acyclic_set_of_constraints_always_plans_and_the_order_satisfies_all_of_them() => s_acyclic.Sample(plugins =>
    {
        PlanResult result = ChainPlanner.Plan(plugins, ChainRecord.Empty);
        Assert.Empty(result.Problems);
        foreach (HookPlan hook in result.Plan!.Hooks)
        {
            foreach (IReadOnlyList<StagePlan> phase in new[] { hook.PreFlow, hook.NewFlow, hook.PostFlow })
            {
                List<string> order = [.. phase.Names()];
                foreach (StagePlan stage in phase)
                {
                    foreach (OrderConstraint constraint in stage.Declaration.Constraints.Where(c => order.Contains(c.Stage)))
                    {
                        Assert.Equal(constraint.Before, order.IndexOf(stage.Name) < order.IndexOf(constraint.Stage));
                    }
                }
            }

            IEnumerable<string> expected = plugins.SelectMany(p => p.Stages).Where(s => s.Hooks.HasFlag(hook.Hook)).Select(s => s.Name);
            Assert.Equal(expected.Order(), hook.Stages.Names().Order());
        }
    });

    [Fact]
    public void Any_order_of_declaration_gives_the_same_chain() =>
        Gen.Select(s_acyclic, Gen.Int).Sample((plugins, seed) =>
        {
            Random random = new(seed);
            PluginDeclaration[] shuffled = [.. plugins.Select(plugin => plugin with
            {
                Stages = Shuffled(random, plugin.Stages.Select(stage => stage with { Constraints = Shuffled(random, stage.Constraints) })),
            })];
            random.Shuffle(shuffled);

            Assert.Equal(
                Shown(ChainPlanner.Plan(plugins, ChainRecord.Empty).Plan!),
                Shown(ChainPlanner.Plan(shuffled, ChainRecord.Empty).Plan!));
        });

    [Fact]
    public void Every_program_is_called_and_every_list_of_successors_ends_where_all_packets_go() => s_acyclic.Sample(plugins =>
    {
        foreach (FamilyPlan family in ChainPlanner.Plan(plugins, ChainRecord.Empty).Plan!.Hooks.SelectMany(hook => hook.Families))
        {
            HashSet<int> called = [family.First.Slot, family.Drop.Slot];
            foreach (IReadOnlyList<Successor> list in family.Programs.SelectMany(p => new[] { p.Successors, p.NewFlowSuccessors }).Where(l => l.Count > 0))
            {
                Assert.True(list[^1] is { Bit: null, Skips: false });
                called.UnionWith(list.Select(successor => successor.Slot));
            }

            Assert.Equal(family.Programs.Select(program => program.Slot), called.Order());
            Assert.All(family.Programs, p => Assert.All(p.Successors.Concat(p.NewFlowSuccessors), s => Assert.True(s.Slot > p.Slot)));
        }
    });

    [Fact]
    public void Whatever_comes_and_goes_bits_and_offsets_stay_and_never_overlap() =>
        Gen.Select(Gen.Int[0, 255], Gen.Int[1, 16]).Array[1, 12].Sample(generations =>
        {
            ChainRecord record = ChainRecord.Empty;
            foreach ((int present, _) in generations)
            {
                PluginDeclaration[] plugins = [.. Enumerable.Range(0, 8).Where(i => (present & (1 << i)) != 0).Select(i =>
                    new PluginDeclaration($"p{i}")
                    {
                        Stages = [new StageDeclaration($"p{i}", $"s{i}", StagePhase.PostFlow) { OnDemand = true, Hooks = s_hooks[i % s_hooks.Length] }],
                        FlowFields = [i % 2 == 0 ? Declare.Field<uint>($"p{i}", "f") : Declare.Field<ulong>($"p{i}", "f")],
                    })];
                ChainPlan plan = ChainPlanner.Plan(plugins, record).Plan!;
                Assert.Empty(plan.Reclaimed);
                Assert.All(record.StageBits, reservation => Assert.Contains(reservation, plan.Record.StageBits));
                Assert.All(record.FlowFields, reservation => Assert.Contains(reservation, plan.Record.FlowFields));
                Assert.All(plan.FlowFields.Zip(plan.FlowFields.Skip(1)), pair => Assert.True(pair.First.End <= pair.Second.Offset));
                record = ChainRecord.FromJson(plan.Record.ToJson());
            }
        });

    private static T[] Shuffled<T>(Random random, IEnumerable<T> items)
    {
        T[] array = [.. items];
        random.Shuffle(array);
        return array;
    }
}
