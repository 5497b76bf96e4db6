using Calico.Sdk;

namespace Calico.Plugins.FlowCounters;

/// <summary>Reads when a flow began.</summary>
/// <param name="field">Nanoseconds of CLOCK_MONOTONIC, written by the stage flow_start.</param>
public sealed class FlowStart(FlowField<ulong> field)
{
    /// <summary>
    /// The time in UTC; null for a flow that is older than the stage.
    /// </summary>
    /// <param name="flow">The flow.</param>
    /// <param name="now">The moment to count back from.</param>
    public DateTimeOffset? Of(Flow flow, Moment now)
    {
        ulong started = flow.Get(field);
        return started == 0 ? null : now.Utc - TimeSpan.FromMicroseconds((now.Nanoseconds - (long)started) / 1000.0);
    }

    /// <summary>One moment on both clocks: the wall's, and the kernel's that the stage reads.</summary>
    /// <param name="Utc">The wall's.</param>
    /// <param name="Nanoseconds">CLOCK_MONOTONIC.</param>
    public readonly record struct Moment(DateTimeOffset Utc, long Nanoseconds)
    {
        /// <summary>This moment. .NET's time stamps on Linux are CLOCK_MONOTONIC.</summary>
        public static Moment Now(TimeProvider clock) =>
            new(clock.GetUtcNow(), (long)(clock.GetTimestamp() * (1e9 / clock.TimestampFrequency)));
    }
}
