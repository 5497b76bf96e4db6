using System.Globalization;
using Calico.Sdk;
using Scriban.Runtime;

namespace Calico.Core.Chain.Rendering;

/// <summary>The plan as the spine's templates see it.</summary>
internal static class ChainModel
{
    public static ScriptObject OfEntry(HookPlan hook, ChainSettings settings)
    {
        var model = OfHook(hook, settings);
        model["entry_number"] = TraceNumbers.Entry;
        model["first_v4"] = hook.IPv4.First.Slot;
        model["first_v6"] = hook.IPv6.First.Slot;
        return model;
    }

    public static ScriptObject OfFamily(ChainPlan plan, HookPlan hook, FamilyPlan family, ChainSettings settings)
    {
        var model = OfHook(hook, settings);
        var postFlow = family.Flow?.Successors ?? [];
        model["has_packet_fields"] = plan.PacketFields.Count > 0;
        model["family"] = family.Family == IpFamily.IPv4 ? 4 : 6;
        model["stages"] = List(hook.Stages, OfStagePlan);
        model["inline_stages"] = List(hook.InlineStages, stage => new ScriptObject
        {
            ["name"] = stage.Name,
            ["number"] = stage.Number,
            ["has_bit"] = stage.Bit is not null,
            ["bit"] = stage.Bit ?? 0,
        });
        model["has_inline_stages"] = hook.InlineStages.Count > 0;
        model["has_post_flow_stages"] = postFlow.Any(next => !next.IsForward);
        model["post_flow_always"] = postFlow.Any(next => !next.IsForward && next.Bit is null);
        model["post_flow_bits"] = string.Create(
            CultureInfo.InvariantCulture,
            $"0x{postFlow.Aggregate(0UL, (bits, next) => bits | (next.Bit is { } bit ? 1UL << bit : 0)):x}ULL");
        model["post_flow"] = List(postFlow, OfSuccessor);
        model["new_flow"] = List(family.Flow?.NewFlowSuccessors ?? [], OfSuccessor);
        model["commit_slot"] = family.Commit?.Slot ?? 0;
        model["drop_slot"] = family.Drop.Slot;
        model["flow_parses"] = family.Parse is null;
        model["programs"] = List(family.Programs, OfProgram);
        return model;
    }

    /// <summary>What a plugin's own template sees.</summary>
    public static ScriptObject OfStage(StagePlan stage)
    {
        var parameters = new ScriptObject();
        foreach (var parameter in stage.Parameters)
        {
            parameters[parameter.Name] = parameter.Value;
        }

        return new ScriptObject { ["parameters"] = parameters, ["stage"] = stage.Name };
    }

    private static ScriptObject OfHook(HookPlan hook, ChainSettings settings) => new()
    {
        ["hook"] = hook.Name,
        ["hook_number"] = (int)hook.Hook,
        ["ingress"] = hook.IsIngress,
        ["egress"] = hook.IsEgress,
        ["xdp"] = hook.IsXdp,
        ["workload"] = hook.Hook is Hooks.WorkloadIngress or Hooks.WorkloadEgress,
        ["trace"] = settings.Trace,
        ["section"] = hook.IsXdp ? "xdp" : "tc",
    };

    private static ScriptObject OfStagePlan(StagePlan stage) => new()
    {
        ["name"] = stage.Name,
        ["number"] = stage.Number,
        ["plugin"] = stage.PluginId,
        ["parameters"] = List(stage.Parameters, parameter => new ScriptObject
        {
            ["name"] = parameter.Name,
            ["value"] = parameter.Value,
        }),
    };

    private static ScriptObject OfProgram(ProgramPlan program) => new()
    {
        ["name"] = program.Name,
        ["slot"] = program.Slot,
        ["role"] = program.Role.ToString().ToLowerInvariant(),
        ["stage"] = program.Stage?.Name ?? "",
        ["number"] = program.Stage?.Number ?? TraceNumbers.Of(program.Role),
        ["successors"] = List(program.Successors, OfSuccessor),
    };

    private static ScriptObject OfSuccessor(Successor next) => new()
    {
        ["name"] = next.Name,
        ["slot"] = next.Slot,
        ["skips"] = next.Skips,
        ["is_forward"] = next.IsForward,
        ["has_bit"] = next.Bit is not null,
        ["bit"] = next.Bit ?? 0,
    };

    private static ScriptArray List<T>(IEnumerable<T> items, Func<T, object> convert) => [.. items.Select(convert)];
}
