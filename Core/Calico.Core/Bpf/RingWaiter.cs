using Calico.Core.Interop;

namespace Calico.Core.Bpf;

/// <summary>Waits for records in any number of rings, on one thread that sleeps in poll(). The thread starts with the first wait.</summary>
/// <remarks>
/// The kernel wakes us only for a record that finds the ring empty, so a busy ring is read without a wait. There is no
/// race between "nothing there" and the wait: poll() looks at the positions itself.
/// </remarks>
internal sealed class RingWaiter : IDisposable
{
    private readonly Lock _gate = new();
    private readonly List<Waiting> _waiting = [];
    private readonly EventSignal _changed;
    private Thread? _thread;
    private bool _ended;

    public RingWaiter() =>
        BpfException.ThrowIfError(EventSignal.Create(out _changed), "make an eventfd for", "the event streams");

    /// <summary>Ends when the ring has a record.</summary>
    /// <exception cref="OperationCanceledException">Cancelled, or the waiter is disposed.</exception>
    public async Task WaitAsync(RingBuffer ring, CancellationToken cancellationToken)
    {
        var waiting = new Waiting(ring);
        lock (_gate)
        {
            if (_ended)
            {
                throw new OperationCanceledException("The dataplane has stopped.");
            }

            _waiting.Add(waiting);
            if (_thread is null)
            {
                _thread = new Thread(Run) { IsBackground = true, Name = "calico-events" };
                _thread.Start();
            }
        }

        _changed.Give();
        await using CancellationTokenRegistration cancelled = cancellationToken.UnsafeRegister(
            static (state, token) => ((Waiting)state!).Ready.TrySetCanceled(token), waiting);
        try
        {
            await waiting.Ready.Task;
        }
        finally
        {
            Forget(waiting);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _ended = true;
            _waiting.ForEach(waiting => waiting.Ready.TrySetCanceled());
            _waiting.Clear();
        }

        _changed.Give();
        _thread?.Join();
        _changed.Dispose();
    }

    private void Forget(Waiting waiting)
    {
        lock (_gate)
        {
            // Its ring may be closed now: the thread must not sleep on its descriptor.
            if (_waiting.Remove(waiting) && !_ended)
            {
                _changed.Give();
            }
        }
    }

    private void Run()
    {
        while (true)
        {
            Waiting[] polled;
            lock (_gate)
            {
                if (_ended)
                {
                    return;
                }

                polled = [.. _waiting];
            }

            Poll(polled);
        }
    }

    private void Poll(Waiting[] polled)
    {
        bool held = false;
        var entries = new Polling.PollEntry[polled.Length + 1];
        try
        {
            _changed.DangerousAddRef(ref held);
            entries[0] = Polling.Readable((int)_changed.DangerousGetHandle());
            for (int i = 0; i < polled.Length; i++)
            {
                entries[i + 1] = Polling.Readable(polled[i].Descriptor);
            }

            // EINTR: once more, from the start.
            if (Polling.Wait(entries) <= 0)
            {
                return;
            }
        }
        finally
        {
            if (held)
            {
                _changed.DangerousRelease();
            }
        }

        if (entries[0].Returned != 0)
        {
            _changed.Take();
        }

        lock (_gate)
        {
            for (int i = 0; i < polled.Length; i++)
            {
                if (entries[i + 1].Returned != 0 && _waiting.Remove(polled[i]))
                {
                    polled[i].Ready.TrySetResult();
                }
            }
        }
    }

    /// <summary>Knows the descriptor's number only: while its ring is open the reader sits in WaitAsync, and then it is forgotten.</summary>
    private sealed class Waiting
    {
        public Waiting(RingBuffer ring)
        {
            using BpfFd.Borrowed fd = ring.Map.Borrow();
            Descriptor = fd.Value;
        }

        public int Descriptor { get; }

        public TaskCompletionSource Ready { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
