using Calico.Core.Chain.Declarations;
using Calico.Harness.Chains;
using Calico.Sdk;

namespace Calico.Kernel.Tests.Chain;

/// <summary>
/// A plugin of stages that tests write, with cells that they share with the test: CELL(n) is a pointer to one in C.
/// </summary>
internal static class Probe
{
    public const string Id = "probe";

    private const string Prelude =
        """
        /* SPDX-License-Identifier: Apache-2.0 */
        #ifndef CELL
        static __always_inline __u64 *probe_cell(__u32 index)
        {
        	static __u64 none;
        	__u64 *cell = bpf_map_lookup_elem(&probe_cells, &index);

        	return cell ? cell : &none;
        }
        #define CELL(index) (*probe_cell(index))
        #endif

        """;

    /// <summary>What the stages of a test share: cells, a drop reason, a flow field and packet metadata.</summary>
    public static HarnessPlugin Plugin(params (StageDeclaration Stage, string Body)[] stages)
    {
        var plugin = HarnessPlugin.Of(Id, stages);
        return new HarnessPlugin(
            plugin.Declaration with
            {
                Maps = [new MapDeclaration(Id, "cells", MapKind.Array, typeof(uint), typeof(ulong), 32)],
                DropReasons = [new DropReasonDeclaration(Id, "DENIED", "the test said so")],
                FlowFields = [new FieldDeclaration(Id, "field", typeof(ulong), 8)],
                PacketFields = [new FieldDeclaration(Id, "note", typeof(ulong), 8)],
            },
            plugin.Templates.ToDictionary(template => template.Key, template => Prelude + template.Value));
    }

    public static StageDeclaration Stage(string name, StagePhase phase, Hooks hooks = Hooks.Tc) => new(Id, name, phase) { Hooks = hooks };

    public static StageDeclaration Inline(this StageDeclaration stage) => stage with { Form = StageForm.Inline };

    public static StageDeclaration OnDemand(this StageDeclaration stage) => stage with { OnDemand = true };

    public static StageDeclaration After(this StageDeclaration stage, string other) =>
        stage with { Constraints = [.. stage.Constraints, new OrderConstraint(false, other, false)] };

    public static ulong Cell(this ChainHarness chain, uint index) => chain.Maps.Typed<uint, ulong>("probe_cells")[index];

    public static void SetCell(this ChainHarness chain, uint index, ulong value) => chain.Maps.Typed<uint, ulong>("probe_cells")[index] = value;

    public static void ClearCells(this ChainHarness chain)
    {
        for (var index = 0u; index < 32; index++)
        {
            chain.SetCell(index, 0);
        }
    }
}
