using System.Diagnostics.Metrics;
using Calico.Core.Runtime.Reports;

namespace Calico.Core.Runtime;

/// <summary>The dataplane in numbers, read from its reports whenever somebody asks; nothing is counted twice.</summary>
internal sealed class DataplaneMeter : IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string Name = "calico.core";

    private readonly Meter _meter = new(Name);

    public DataplaneMeter(IDataplaneReports reports, Func<int> contextsAlive)
    {
        _meter.CreateObservableGauge("calico.generation", () => reports.Status().Generation, null, "The generation in force; 0 is none.");
        _meter.CreateObservableGauge("calico.interfaces", () => reports.Status().Interfaces, null, "Interfaces with a chain.");
        _meter.CreateObservableGauge("calico.workloads", () => reports.Status().Workloads, null, "Workload endpoints of this node.");
        _meter.CreateObservableGauge("calico.problems", () => reports.Status().Problems.Count, null, "What is wrong now; `calico status` says what.");
        _meter.CreateObservableGauge("calico.plugins", () => Plugins(reports), null, "Plugins asked for, by state.");
        _meter.CreateObservableGauge("calico.plugin.contexts", contextsAlive, null, "Plugin assemblies in memory; more than there are plugins for long is a leak.");
        _meter.CreateObservableCounter("calico.dropped.packets", () => Drops(reports, drop => drop.Packets), null, "Packets dropped.");
        _meter.CreateObservableCounter("calico.dropped.bytes", () => Drops(reports, drop => drop.Bytes), null, "Bytes of packets dropped.");
        _meter.CreateObservableCounter("calico.missed.calls", () => Missed(reports), null, "Tail calls that found their slot empty.");
    }

    public void Dispose() => _meter.Dispose();

    private static IEnumerable<Measurement<int>> Plugins(IDataplaneReports reports) => reports.Plugins()
        .GroupBy(plugin => plugin.State)
        .Select(state => new Measurement<int>(state.Count(), Tag("state", state.Key)));

    private static IEnumerable<Measurement<long>> Drops(IDataplaneReports reports, Func<DropReport, ulong> count) => reports.Drops()
        .Select(drop => new Measurement<long>(
            (long)count(drop), Tag("interface", drop.Interface), Tag("hook", drop.Hook), Tag("family", drop.Family), Tag("reason", drop.Reason)));

    private static IEnumerable<Measurement<long>> Missed(IDataplaneReports reports) => reports.MissedCalls()
        .Select(edge => new Measurement<long>((long)edge.Count, Tag("hook", edge.Hook), Tag("from", edge.From), Tag("to", edge.To)));

    private static KeyValuePair<string, object?> Tag(string name, object value) => new(name, value);
}
