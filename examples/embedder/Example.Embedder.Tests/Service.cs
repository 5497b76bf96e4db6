using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace Example.Embedder.Tests;

/// <summary>The service as a process on a node. Killed when disposed, if it still runs.</summary>
internal sealed class Service : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(100);

    private readonly SmallNode _node;
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _log = new();

    public Service(SmallNode node)
    {
        _node = node;
        string[] command = CommandLine(node);
        _process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        _process.OutputDataReceived += (_, line) => _log.Enqueue(line.Data ?? "");
        _process.ErrorDataReceived += (_, line) => _log.Enqueue(line.Data ?? "");
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public string Log => string.Join('\n', _log);

    /// <summary>The command that runs the service on a node, where it is the only one at its default address.</summary>
    public static string[] CommandLine(SmallNode node, params string[] more) =>
        [.. node.OnNode, "dotnet", Path.Combine(AppContext.BaseDirectory, "Example.Embedder.dll"), "--agent", node.ConfigurationFile, .. more];

    /// <summary>Asks until the answer is as wanted.</summary>
    public async Task<string> Get(string path, Predicate<string> isWanted)
    {
        string answer = "";
        for (long start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < s_patience && !_process.HasExited; await Task.Delay(200))
        {
            (int exitCode, answer) = Command.Try([.. _node.OnNode, "curl", "-sSf", "--max-time", "10", $"http://127.0.0.1:5080{path}"]);
            if (exitCode == 0 && isWanted(answer))
            {
                return answer;
            }
        }

        throw new InvalidOperationException($"{path} did not answer as wanted; last: {answer}\nThe service printed:\n{Log}");
    }

    /// <summary>Ends it as systemd does; gives its exit code.</summary>
    public async Task<int> Stop()
    {
        Command.Run("kill", "-TERM", _process.Id.ToString(CultureInfo.InvariantCulture));
        using var patience = new CancellationTokenSource(s_patience);
        await _process.WaitForExitAsync(patience.Token);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }
}
