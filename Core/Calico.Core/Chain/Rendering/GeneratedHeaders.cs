using System.Globalization;
using System.Text;
using Calico.Core.Bpf;
using Calico.Core.Chain.Planning;
using Calico.Core.Compile;
using Calico.Core.Maps.Layout;
using Calico.Sdk;

namespace Calico.Core.Chain.Rendering;

/// <summary>The headers that are made from C# types, the plan and the settings: the only place where a layout is written.</summary>
public static class GeneratedHeaders
{
    private const string Licence = "/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */\n/* Generated; see Calico.Core.Chain.Rendering. */\n#pragma once\n";

    /// <summary>What the spine itself brings.</summary>
    internal static IReadOnlyList<Type> SpineTypes { get; } =
    [
        typeof(FlowEntry), typeof(FlowState), typeof(FlowFlags), typeof(ForwardingWay), typeof(InterfaceKind),
        typeof(InterfaceFlags), typeof(RouteKind), typeof(RouteEntry), typeof(InterfaceEntry),
    ];

    public static IReadOnlyList<VirtualHeader> Of(ChainPlan plan, ChainSettings settings)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(settings);
        var types = new CEmitter();
        foreach (var type in SpineTypes)
        {
            types.Add(type);
        }

        if (settings.Trace)
        {
            types.Add(typeof(TraceKind));
        }

        var maps = Maps(plan, settings, types);
        var fields = Fields("flow_fields", plan.FlowFields, ChainLimits.FlowFieldBytes, types);
        var meta = Fields("packet_meta", plan.PacketFields, ChainLimits.PacketFieldBytes, types);
        return
        [
            Header("config.h", Config(settings)),
            Header("types.h", $"{types}{fields}{meta}{Names(plan)}"),
            Header("maps.h", maps),
        ];
    }

    /// <summary>One generated header: <c>#include &lt;generated/NAME&gt;</c>.</summary>
    internal static VirtualHeader Header(string name, string text) =>
        new($"generated/{name}", Licence + text, $"generated/{name}", SpineDropReasons.Owner);

    private static string Config(ChainSettings settings)
    {
        var timeouts = string.Join(", ", Enum.GetValues<FlowState>()
            .Select(state => settings.TimeoutTicks(state).ToString(CultureInfo.InvariantCulture)));
        return string.Create(CultureInfo.InvariantCulture, $"""
            #define MARK_MASK 0x{settings.MarkMask:x}U
            #define MARK_SEEN 0x{settings.MarkSeen:x}U
            #define MARK_JUDGED 0x{settings.MarkJudged:x}U
            #define HOST_ROUTING {(settings.HostRouting ? 1 : 0)}
            #define ALLOW_DHCP {(settings.AllowDhcp ? 1 : 0)}
            #define TICKS_PER_SECOND {settings.TicksPerSecond}
            #define FLOW_TIMEOUTS {timeouts}
            #define TRACE {(settings.Trace ? 1 : 0)}
            #define INTERFACE_SLOTS {settings.Tables.Interfaces}

            """);
    }

    private static string Maps(ChainPlan plan, ChainSettings settings, CEmitter types)
    {
        var text = new StringBuilder("#include <calico/event.h>\n#ifdef CTX\nstruct {\n\t__uint(type, BPF_MAP_TYPE_PROG_ARRAY);\n\t__uint(max_entries, 1);\n\t__uint(key_size, 4);\n\t__uint(value_size, 4);\n} chain SEC(\".maps\");\n#endif\n");
        foreach (var map in SpineMaps.All(settings.Tables).Concat(TraceMaps.Of(settings)).Concat(PluginMaps.Of(plan)))
        {
            text.Append(map.Declare(types));
        }

        foreach (var stream in plan.Plugins.SelectMany(plugin => plugin.Events).OrderBy(stream => stream.CName, StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"EVENT_STREAM({stream.CName}, {types.Add(stream.Record)})\n");
        }

        foreach (var family in new[] { 4, 6 })
        {
            text.Append(CultureInfo.InvariantCulture, $"#if defined(FAMILY) && FAMILY == {family}\n");
            foreach (var name in SpineMaps.OfAFamily)
            {
                text.Append(CultureInfo.InvariantCulture, $"#define {name} {name}_v{family}\n");
            }

            text.Append("#endif\n");
        }

        return text.ToString();
    }

    // A struct of a fixed size in which every field has its recorded offset, whatever stands between.
    private static string Fields(string name, IReadOnlyList<PlannedField> fields, int size, CEmitter types)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"struct {name} {{\n");
        var at = 0;
        foreach (var field in fields)
        {
            Pad(text, at, field.Offset);
            text.Append(CultureInfo.InvariantCulture, $"\t{types.Add(field.Type)} {field.CName};\n");
            at = field.End;
        }

        Pad(text, at, size);
        text.Append("} __attribute__((packed, aligned(8)));\n");
        text.Append(CultureInfo.InvariantCulture, $"_Static_assert(sizeof(struct {name}) == {size}, \"{name}\");\n");
        return text.ToString();
    }

    private static void Pad(StringBuilder text, int from, int to)
    {
        if (to > from)
        {
            text.Append(CultureInfo.InvariantCulture, $"\t__u8 unused_{from}[{to - from}];\n");
        }
    }

    private static string Names(ChainPlan plan)
    {
        var text = new StringBuilder();
        foreach (var hook in Enum.GetValues<Hooks>().Where(hook => int.PopCount((int)hook) == 1))
        {
            text.Append(CultureInfo.InvariantCulture, $"#define HOOK_{CNames.Snake(hook.ToString()).ToUpperInvariant()} {(int)hook}\n");
        }

        foreach (var reason in plan.DropReasons)
        {
            text.Append(CultureInfo.InvariantCulture, $"#define {reason.CName} {reason.Number}\n");
        }

        foreach (var note in plan.TraceNotes)
        {
            text.Append(CultureInfo.InvariantCulture, $"#define {note.CName} {note.Number}\n");
        }

        foreach (var stage in plan.OnDemandStages)
        {
            text.Append(CultureInfo.InvariantCulture, $"#define STAGE_BIT_{stage.Name.ToUpperInvariant()} {stage.Bit}\n");
        }

        foreach (var import in plan.Plugins.SelectMany(plugin => plugin.Imports).OrderBy(import => import.CName, StringComparer.Ordinal).DistinctBy(import => import.CName))
        {
            text.Append(CultureInfo.InvariantCulture, $"#define HAS_{import.CName.ToUpperInvariant()} {(ImportCheck.IsThere(plan.Plugins, import) ? 1 : 0)}\n");
        }

        return text.ToString();
    }
}
