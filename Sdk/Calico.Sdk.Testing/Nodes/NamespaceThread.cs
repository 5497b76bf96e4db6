using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace Calico.Sdk.Testing;

/// <summary>
/// A thread in a network namespace of its own. The namespace has no name and goes with the thread, whatever happens, so
/// nothing is left behind by a test or a benchmark that is killed.
/// </summary>
internal sealed class NamespaceThread : IDisposable
{
    private const int CLONE_NEWNET = 0x4000_0000;

    private readonly BlockingCollection<Action> _work = [];
    private readonly Thread _thread;

    public NamespaceThread(string name)
    {
        _thread = new Thread(() =>
        {
            foreach (var work in _work.GetConsumingEnumerable())
            {
                work();
            }
        })
        { IsBackground = true, Name = name };
        _thread.Start();
        try
        {
            Path = Run(() =>
            {
                if (unshare(CLONE_NEWNET) != 0)
                {
                    throw new ChainStartException(
                        $"A network namespace could not be made (errno {Marshal.GetLastPInvokeError()}): packets run through the kernel as root only. Run the tests as root, such as with sudo dotnet test.");
                }

                return $"/proc/{Environment.ProcessId}/task/{gettid()}/ns/net";
            });
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The namespace as a file, which <c>ip link set … netns</c> and <c>nsenter --net=</c> take.</summary>
    public string Path { get; }

    /// <summary>Runs on the thread; commands started by it are in the namespace too.</summary>
    public void Run(Action action) => Run(() =>
    {
        action();
        return true;
    });

    /// <inheritdoc cref="Run(Action)"/>
    public T Run<T>(Func<T> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        if (Thread.CurrentThread == _thread)
        {
            return function();
        }

        T result = default!;
        ExceptionDispatchInfo? failure = null;
        using var done = new ManualResetEventSlim();
        _work.Add(() =>
        {
            try
            {
                result = function();
            }
#pragma warning disable CA1031 // Carried to the caller's thread.
            catch (Exception e)
            {
                failure = ExceptionDispatchInfo.Capture(e);
            }
#pragma warning restore CA1031
            done.Set();
        });
        done.Wait();
        failure?.Throw();
        return result;
    }

    public void Dispose()
    {
        _work.CompleteAdding();
        _thread.Join();
        _work.Dispose();
    }

    [DllImport("libc", SetLastError = true)]
    private static extern int unshare(int flags);

    [DllImport("libc")]
    private static extern int gettid();
}
