using Calico.Core.Bpf;

namespace Calico.Core.Events;

/// <summary>Who reads which ring of an instance: one reader each, and one thread that waits for all of them.</summary>
internal sealed class RingReaders : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Claim> _claims = new(StringComparer.Ordinal);

    public RingWaiter Waiter { get; } = new();

    /// <summary>
    /// Makes the caller the reader until the claim is disposed. A second reader of the same owner is refused; the reader
    /// of a new version of a plugin waits until that of the old one has ended.
    /// </summary>
    /// <param name="stream">The ring's name in C.</param>
    /// <param name="owner">One loaded plugin's access.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async Task<IDisposable> ClaimAsync(string stream, object owner, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task ended;
            lock (_gate)
            {
                if (!_claims.TryGetValue(stream, out Claim? other))
                {
                    return _claims[stream] = new Claim(this, stream, owner);
                }

                if (other.Owner == owner)
                {
                    throw new InvalidOperationException(
                        $"The event stream {stream} is being read already, and it has one reader. Read it in one place and pass the events on from there.");
                }

                ended = other.Ended.Task;
            }

            await ended.WaitAsync(cancellationToken);
        }
    }

    public void Dispose() => Waiter.Dispose();

    private sealed class Claim(RingReaders readers, string stream, object owner) : IDisposable
    {
        public object Owner => owner;

        public TaskCompletionSource Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Dispose()
        {
            lock (readers._gate)
            {
                readers._claims.Remove(stream);
            }

            Ended.TrySetResult();
        }
    }
}
