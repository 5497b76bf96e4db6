using System.Diagnostics.Metrics;

namespace Calico.Sdk;

/// <summary>
/// Metrics of plugins. A plugin's container holds a <see cref="Meter"/> named <see cref="NamePrefix"/> + id: take it as a constructor
/// parameter and create instruments on it. The agent exports them, in Prometheus' text format, at <c>/v1/metrics</c> of its socket
/// and with <c>calico metrics</c>: the counter <c>limited.packets</c> is called <c>limited_packets_total</c> there.
/// </summary>
/// <remarks>
/// The host makes the meter and disposes it when the plugin is unloaded, so that no instrument keeps it in memory; do not make one
/// of your own. The callback of an observable instrument runs on a thread of the host whenever metrics are read: it must be
/// quick, must not wait for anything, and must not read a large map; what it throws costs that instrument its value. Start each
/// instrument's name with a word of your own, and keep the number of tag values small: each combination is a time series.
/// </remarks>
public static class PluginMeter
{
    /// <summary>What the name of every plugin's meter begins with.</summary>
    public const string NamePrefix = "calico.plugin.";
}
