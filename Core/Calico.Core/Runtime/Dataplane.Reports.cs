using System.Globalization;
using Calico.Core.Chain;
using Calico.Core.Compile;
using Calico.Core.Maps;
using Calico.Core.Maps.Layout;
using Calico.Core.Routes;
using Calico.Core.Runtime.Generations;
using Calico.Core.Runtime.Reports;
using Calico.Sdk;
using Calico.Sdk.Resources;

namespace Calico.Core.Runtime;

/// <content>What can be asked of it.</content>
public sealed partial class Dataplane : IDataplaneReports
{
    public StatusReport Status()
    {
        var generation = _generation;
        return new StatusReport(
            _configuration.Instance,
            _configuration.NodeName,
            generation?.Number ?? 0,
            generation?.LoadedAt,
            _attacher?.Name ?? "",
            _guard?.Mode ?? "",
            _interfaces?.All.Count ?? 0,
            _interfaces is null ? 0 : LocalEndpoints().Count,
            generation?.Plan.Stages.Count ?? 0,
            generation?.Hooks.Values.Sum(hook => hook.Programs.Count + 1) ?? 0,
            Problems())
        {
            PluginContexts = _pluginHost.ContextsAlive,
            LastReload = _lastReload,
            Notes = [.. _notes, .. Leftovers()],
        };
    }

    public IReadOnlyList<InterfaceReport> Interfaces()
    {
        var endpoints = LocalEndpoints();
        return [.. (_interfaces?.All ?? []).OrderBy(known => known.Link.Name, StringComparer.Ordinal).Select(known =>
        {
            var endpoint = endpoints.GetValueOrDefault(known.Link.Name);
            return new InterfaceReport(
                known.Link.Name,
                (uint)known.Link.Index,
                CNames.Snake(known.Kind.ToString()),
                (uint)known.Slot,
                endpoint is null ? null : RouteCalculation.NameOf(endpoint),
                [.. (endpoint?.Spec.IpNetworks ?? []).Select(network => network.ToString())],
                [.. known.AttachPoints.Select(point => NameOf(point.Hook))],
                known.AttachPoints.Count == 0 ? "" : _attacher?.Name ?? "");
        })];
    }

    public IReadOnlyList<ChainReport>? Chains(string interfaceName)
    {
        var known = _interfaces?.All.FirstOrDefault(candidate => candidate.Link.Name == interfaceName);
        while (known is not null && _generation is { } generation)
        {
            try
            {
                return [.. known.AttachPoints.Where(point => generation.Hooks.ContainsKey(point.Hook)).Select(point => ChainReporting.Of(generation.Hooks[point.Hook]))];
            }
            catch (ObjectDisposedException) when (_generation != generation)
            {
                // A reload put another in its place meanwhile.
            }
        }

        return null;
    }

    public IReadOnlyList<string>? Explain(string hook) =>
        _generation?.Plan is { } plan && plan.Hooks.FirstOrDefault(candidate => NameOf(candidate.Hook) == hook || candidate.Name == hook) is { } found
            ? [.. ChainExplainer.Explain(plan, found.Hook).Select(stage =>
                $"{stage.Phase} {stage.Position}. {stage.Stage} ({stage.PluginId}): {string.Join(' ', stage.Sentences)}")]
            : null;

    public IReadOnlyList<DropReport> Drops()
    {
        if (_generation is not { } generation)
        {
            return [];
        }

        var reasons = generation.Plan.DropReasons.ToDictionary(reason => reason.Number);
        var names = (_interfaces?.All ?? []).ToDictionary(known => (uint)known.Link.Index, known => known.Link.Name);
        return [.. new PerCpuMap<DropKey, PacketCount>(_maps["drops"]).Entries()
            .Select(entry =>
            {
                var reason = reasons.GetValueOrDefault(entry.Key.Reason);
                return new DropReport(
                    names.GetValueOrDefault(entry.Key.Ifindex) ?? $"index {entry.Key.Ifindex}, gone",
                    NameOf((Hooks)entry.Key.Hook),
                    entry.Key.Family,
                    reason?.Name ?? entry.Key.Reason.ToString(CultureInfo.InvariantCulture),
                    reason?.PluginId ?? "",
                    reason?.Sentence ?? "a reason of an earlier generation",
                    entry.Value.Aggregate(0UL, (sum, count) => sum + count.Packets),
                    entry.Value.Aggregate(0UL, (sum, count) => sum + count.Bytes));
            })
            .OrderBy(drop => drop.Interface, StringComparer.Ordinal).ThenByDescending(drop => drop.Packets)];
    }

    public IReadOnlyList<MissedCallReport> MissedCalls()
    {
        if (_generation is not { } generation)
        {
            return [];
        }

        return [.. _maps.Typed<MissedCallKey, ulong>("missed_calls").Entries().Select(entry => Report(generation, entry.Key, entry.Value))];
    }

    public IReadOnlyList<PluginReport> Plugins() =>
    [
        .. _plugins.Plugins.Select(plugin => PluginReport.Of(plugin, "running")),
        .. _plugins.Quarantined.Select(plugin => new PluginReport(
            plugin.Id ?? Path.GetFileName(plugin.Folder), null, "refused", plugin.Reason, plugin.Folder, "", [], [])),
    ];

    /// <summary>A hook as the command line calls it.</summary>
    internal static string NameOf(Hooks hook) => CNames.Snake(hook.ToString()).Replace('_', '-');

    private IReadOnlyList<string> Problems() =>
    [
        .. _writerProblem is { } writer ? new[] { writer } : [],
        .. _interfaces?.Failures ?? [],
        .. _routes?.Problems ?? [],
        .. _sockets?.Problems ?? [],
        .. _plugins.Quarantined.Select(plugin => $"Plugin {plugin.Id ?? plugin.Folder} is quarantined: {plugin.Reason}"),
        .. PluginActivity.Problems(_plugins),
        .. MissedCalls().Select(SentenceOf),
    ];

    private static MissedCallReport Report(Generation generation, MissedCallKey edge, ulong count) => new(
        NameOf((Hooks)edge.Hook), ProgramName(generation, edge.Hook, edge.From), ProgramName(generation, edge.Hook, edge.To), count);

    private static string SentenceOf(MissedCallReport missed) =>
        $"Hook {missed.Hook}: {missed.Count} tail calls from {missed.From} to {missed.To} found the slot empty.";

    private static string ReasonOf(Generation generation, ushort number) =>
        generation.Plan.DropReasons.FirstOrDefault(reason => reason.Number == number)?.Name ?? number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Stopped plugins that are still in memory. Soon after a reload that is nothing: the runtime unloads when it collects.</summary>
    private IEnumerable<string> Leftovers()
    {
        var running = _plugins.Plugins.Select(plugin => $"{plugin.Id} {plugin.Version}").ToList();
        var old = _pluginHost.InMemory.Where(name => !running.Remove(name)).ToList();
        return old.Count == 0 ? [] : [$"Stopped plugins are still in memory: {string.Join(", ", old)}."];
    }

    private Dictionary<string, WorkloadEndpoint> LocalEndpoints() => _resources.Current.All<WorkloadEndpoint>()
        .Where(endpoint => endpoint.Spec.Node == _configuration.NodeName)
        .OrderBy(RouteCalculation.NameOf, StringComparer.Ordinal)
        .DistinctBy(endpoint => endpoint.Spec.InterfaceName)
        .ToDictionary(endpoint => endpoint.Spec.InterfaceName);

    private static string ProgramName(Generation generation, ushort hook, ushort slot)
    {
        var programs = generation.Hooks.GetValueOrDefault((Hooks)hook)?.Plan.Programs;
        return programs is null ? slot.ToString(CultureInfo.InvariantCulture)
            : slot < programs.Count ? programs[slot].Name
            : "entry";
    }
}
