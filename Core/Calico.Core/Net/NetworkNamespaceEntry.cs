using System.Runtime.ExceptionServices;
using Calico.Core.Interop;

namespace Calico.Core.Net;

/// <summary>
/// Runs code inside another network namespace. Sockets that the code makes stay in that namespace for life, whoever
/// uses them later.
/// </summary>
public static class NetworkNamespaceEntry
{
    /// <summary>Runs <paramref name="inside"/> on a thread of its own that has entered the namespace, and waits for it.</summary>
    /// <param name="path">A file that stands for the namespace: /run/netns/NAME or /proc/PID/ns/net.</param>
    /// <param name="inside">The code. It must not await: what follows an await runs on another thread, outside.</param>
    public static T Run<T>(string path, Func<T> inside)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(inside);
        T? result = default;
        ExceptionDispatchInfo? failure = null;

        // The thread ends with the call: a thread pool's thread would carry the namespace into other people's work.
        var thread = new Thread(() =>
        {
            try
            {
                Enter(path);
                result = inside();
            }
#pragma warning disable CA1031 // whatever happened is thrown to the caller, on its own thread
            catch (Exception error)
#pragma warning restore CA1031
            {
                failure = ExceptionDispatchInfo.Capture(error);
            }
        })
        { IsBackground = true, Name = $"inside {Path.GetFileName(path)}" };
        thread.Start();
        thread.Join();
        failure?.Throw();
        return result!;
    }

    /// <summary>The same for code without a result.</summary>
    public static void Run(string path, Action inside)
    {
        ArgumentNullException.ThrowIfNull(inside);
        Run(path, () =>
        {
            inside();
            return true;
        });
    }

    private static void Enter(string path)
    {
        if (!File.Exists(path))
        {
            throw new NetlinkException($"enter the network namespace {path}", ErrnoName.NoEntry);
        }

        using var handle = File.OpenHandle(path);
        var result = NamespaceCalls.EnterNetworkNamespace(handle);
        if (result < 0)
        {
            throw new NetlinkException($"enter the network namespace {path}", -result);
        }
    }
}
