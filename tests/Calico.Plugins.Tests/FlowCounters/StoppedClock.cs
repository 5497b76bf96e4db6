namespace Calico.Plugins.Tests.FlowCounters;

/// <summary>It is 12:00 UTC on 1 March 2026, and the machine has been up for 100 seconds.</summary>
internal sealed class StoppedClock : TimeProvider
{
    public static DateTimeOffset Noon { get; } = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public override long TimestampFrequency => 1_000_000_000;

    public override DateTimeOffset GetUtcNow() => Noon;

    public override long GetTimestamp() => 100_000_000_000;
}
