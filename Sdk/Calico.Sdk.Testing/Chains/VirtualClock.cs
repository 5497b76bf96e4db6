namespace Calico.Sdk.Testing;

/// <summary>The time of a chain under test: it goes on as everywhere, and can be moved forward. Thread-safe.</summary>
/// <remarks>
/// <see cref="Advance"/> moves: the age of every flow, so that idle timeouts run out; and what a plugin's services read
/// from the <see cref="TimeProvider"/> of their container. It does not move: the kernel's clock, so what a stage reads
/// with <c>bpf_ktime_get_ns()</c> and keeps in a map of its own stays as young as it is. Have <see cref="OnAdvance"/>
/// age such entries.
/// </remarks>
public sealed class VirtualClock : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<Action<TimeSpan>> _followers = [];
    private long _advancedTicks;

    internal VirtualClock()
    {
    }

    /// <summary>By how much the clock was moved in all.</summary>
    public TimeSpan Advanced => new(Interlocked.Read(ref _advancedTicks));

    /// <summary>Moves the clock forward: when it returns, it is that much later.</summary>
    /// <param name="by">At least zero; what is longer than 49 days means 49 days to a flow.</param>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        lock (_gate)
        {
            Interlocked.Add(ref _advancedTicks, by.Ticks);
            foreach (var follower in _followers)
            {
                follower(by);
            }
        }
    }

    /// <summary>Does something whenever the clock is moved: such as making time stamps in a plugin's map older.</summary>
    /// <param name="follow">Called by <see cref="Advance"/>, on its thread, with what is added.</param>
    public void OnAdvance(Action<TimeSpan> follow)
    {
        ArgumentNullException.ThrowIfNull(follow);
        lock (_gate)
        {
            _followers.Add(follow);
        }
    }

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Advanced;

    /// <inheritdoc/>
    public override long GetTimestamp() => System.GetTimestamp() + (long)(Advanced.TotalSeconds * TimestampFrequency);

    /// <inheritdoc/>
    public override long TimestampFrequency => System.TimestampFrequency;
}
