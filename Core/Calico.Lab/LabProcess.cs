using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using Calico.Lab.Interop;

namespace Calico.Lab;

/// <summary>
/// A real process inside a namespace of the lab: the leader of a session of its own, so that a signal reaches what
/// it started too, and Ctrl-C on the terminal reaches neither (the lab ends them in order).
/// </summary>
public sealed class LabProcess : IDisposable
{
    // Notes itself, then becomes the command. Standard input is empty, as for a service.
    private const string Launcher = """
        read -r stat < /proc/$$/stat && echo "$stat" > "$1/$$.pid" && net="$2" && shift 2 && exec nsenter --net="$net" -- "$@" < /dev/null
        """;

    private static readonly TimeSpan LaunchLimit = TimeSpan.FromSeconds(10);

    private readonly RunFolder _folder;
    private readonly Process _process;
    private readonly LineLog _lines = new();
    private readonly string _command;
    private bool _disposed;

    internal LabProcess(RunFolder folder, NetworkNamespace inside, IReadOnlyList<string> command, IReadOnlyDictionary<string, string>? environment)
    {
        _folder = folder;
        _command = string.Join(' ', command);
        Inside = inside;
        var start = new ProcessStartInfo("setsid", ["sh", "-c", Launcher, "lab", folder.Path, inside.Path, .. command])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => _lines.Add(line.Data);
        _process.ErrorDataReceived += (_, line) => _lines.Add(line.Data);
        try
        {
            _process.Start();
        }
        catch (Win32Exception missing)
        {
            throw new LabException($"Could not start '{_command}' in {Inside}: {missing.Message}. Install util-linux, which has setsid and nsenter.", missing);
        }

        Id = _process.Id;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();

        // Until it leads a group of its own a signal to the group would reach nobody, and it would outlive us unnoted.
        SpinWait.SpinUntil(() => folder.HasNoted(Id) || _process.HasExited, LaunchLimit);
    }

    /// <summary>The process id, which is also that of its group and session.</summary>
    public int Id { get; }

    /// <summary>Where it runs.</summary>
    public NetworkNamespace Inside { get; }

    /// <summary>True once it has ended.</summary>
    public bool HasExited => _process.HasExited;

    /// <summary>The exit code (128 + signal if it was killed); null while it runs.</summary>
    public int? ExitCode => _process.HasExited ? _process.ExitCode : null;

    /// <summary>The last lines of output and error output, as they came.</summary>
    public IReadOnlyList<string> Lines => _lines.Snapshot();

    /// <summary>
    /// The first line, past or to come, that fits; an exception that shows the output if the process ends or the time
    /// passes without one.
    /// </summary>
    public async Task<string> WaitForLine(Predicate<string> fits, TimeSpan limit, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(fits);
        var found = _lines.First(fits);
        var end = WaitForEnd(cancellation);
        var first = await Task.WhenAny(found, end, Task.Delay(limit, cancellation)).ConfigureAwait(false);
        cancellation.ThrowIfCancellationRequested();

        // At the end all output has been read: a line that came with it counts.
        return found.IsCompleted
            ? await found.ConfigureAwait(false)
            : throw new LabException(Describe(first == end
                ? $"ended with exit code {_process.ExitCode} before it printed the line that was waited for"
                : $"did not print the line that was waited for within {limit.TotalSeconds} s"));
    }

    /// <summary>Waits for its end and gives the exit code; an exception that shows the output if the time passes.</summary>
    public async Task<int> WaitForExit(TimeSpan limit, CancellationToken cancellation = default)
    {
        try
        {
            await WaitForEnd(cancellation).WaitAsync(limit, cancellation).ConfigureAwait(false);
            return _process.ExitCode;
        }
        catch (TimeoutException late)
        {
            throw new LabException(Describe($"did not end within {limit.TotalSeconds} s"), late);
        }
    }

    /// <summary>Signals it and what it started.</summary>
    public void Signal(LabSignal signal)
    {
        if (!_process.HasExited)
        {
            ProcessSignal.ToGroup(Id, signal);
        }
    }

    /// <summary>Asks it to end, and kills it if it has not within the given time; gives the exit code.</summary>
    public async Task<int> Stop(TimeSpan grace)
    {
        Signal(LabSignal.Terminate);
        try
        {
            return await WaitForExit(grace).ConfigureAwait(false);
        }
        catch (LabException)
        {
            Signal(LabSignal.Kill);
            return await WaitForExit(grace).ConfigureAwait(false);
        }
        finally
        {
            Dispose();
        }
    }

    /// <summary>Kills it if it still runs.</summary>
    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        if (!_process.HasExited)
        {
            Signal(LabSignal.Kill);

            // The leader only: a grandchild that keeps the pipe open must not hold us up.
            _process.WaitForExit(TimeSpan.FromSeconds(5));
        }

        _folder.Forget(Id);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{_command} in {Inside} (pid {Id})";

    private async Task WaitForEnd(CancellationToken cancellation) => await _process.WaitForExitAsync(cancellation).ConfigureAwait(false);

    private string Describe(string what)
    {
        var lines = Lines;
        var output = lines.Count == 0 ? " It printed nothing." : $" It printed:{Environment.NewLine}{string.Join(Environment.NewLine, lines.TakeLast(20))}";
        return $"'{_command}' in {Inside} {what}.{output}";
    }
}
