using Calico.Core.Bpf;
using Calico.Core.Chain;
using Calico.Core.Runtime.Generations;

namespace Calico.Core.Runtime.Reports;

/// <summary>From a loaded hook to what a person wants to see of it.</summary>
internal static class ChainReporting
{
    public static ChainReport Of(LoadedHook hook) => new(
        Dataplane.NameOf(hook.Plan.Hook),
        [
            Of(hook.Entry.Info(), null, hook.Plan.EntryName, 0, "entry", SpineDropReasons.Owner, null, [],
                [.. hook.Plan.Families.Select(family => family.First.Name)], "entry.bpf.c.sbn"),
            .. hook.Plan.Programs.Select(program => Of(hook, program)),
        ]);

    private static ProgramReport Of(LoadedHook hook, ProgramPlan program) => Of(
        hook.Programs[program.Slot].Info(),
        program.Slot,
        program.Name,
        program.Family == IpFamily.IPv4 ? 4 : 6,
        program.Role.ToString().ToLowerInvariant(),
        program.Owner,
        program.Stage?.Phase.ToString(),
        program.Role is ProgramRole.Flow or ProgramRole.Commit ? [.. hook.Plan.InlineStages.Select(stage => stage.Name)] : [],
        [.. program.NewFlowSuccessors.Concat(program.Successors).Select(next => next.Name).Distinct()],
        program.Stage?.Template ?? "chain.bpf.c.sbn");

    private static ProgramReport Of(
        ProgramInfo info, int? slot, string name, int family, string role, string owner, string? phase,
        IReadOnlyList<string> inline, IReadOnlyList<string> next, string template) =>
        new(slot, name, family, role, owner, phase, inline, next, info.Id, info.TranslatedSize / 8, info.JitedSize, info.VerifiedInstructions, template);
}
