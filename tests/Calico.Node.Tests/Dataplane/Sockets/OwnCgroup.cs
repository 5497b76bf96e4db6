using Calico.Lab;
using Calico.Node.Tests.Dataplane.Support;

namespace Calico.Node.Tests.Dataplane.Sockets;

/// <summary>A cgroup of the test's own in the unified hierarchy, wherever that is mounted; gone when it is disposed.</summary>
internal sealed class OwnCgroup : IDisposable
{
    private static int s_made;

    public OwnCgroup()
    {
        var root = File.ReadLines("/proc/self/mounts").Select(line => line.Split(' ')).First(mount => mount is [_, _, "cgroup2", ..])[1];
        Path = System.IO.Path.Combine(root, $"calico-nodetests-{Environment.ProcessId}-{Interlocked.Increment(ref s_made)}");
        Directory.CreateDirectory(Path);
    }

    public string Path { get; }

    /// <summary>Has a child process connect and tells what the other side said, or the process's complaint.</summary>
    /// <param name="inside">The network namespace.</param>
    /// <param name="address">Such as 127.0.0.1.</param>
    /// <param name="port">The port.</param>
    /// <param name="joins">Whether the process is in this cgroup.</param>
    public string Call(NetworkNamespace inside, string address, int port, bool joins = true)
    {
        var join = joins ? $"echo $$ > {Path}/cgroup.procs && " : "";
        var result = inside.TryRun("bash", "-c", $"{join}exec 3<>/dev/tcp/{address}/{port} && head -n 1 <&3");
        return (result.ExitCode == 0 ? result.Output : result.Error).Trim();
    }

    // The last process may need a moment to leave.
    public void Dispose() => Eventually.True(
        () =>
        {
            try
            {
                Directory.Delete(Path);
                return true;
            }
            catch (IOException)
            {
                return false;
            }
        },
        () => $"{Path} is not empty.");
}
