using System.Diagnostics;
using Calico.Node.Tests.Dataplane.Support;

namespace Calico.Node.Tests.Demo;

/// <summary>A running `calico demo`, and what it has on the machine.</summary>
internal sealed class DemoProcess : IDisposable
{
    /// <summary>Another name than that of a person's demo, which may run beside the tests.</summary>
    public const string Name = "node-tests";

    private const string Namespaces = "/run/netns";

    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(5);

    private readonly Process _process;
    private readonly List<string> _output = [];
    private readonly List<string> _progress = [];

    private DemoProcess(string plugins, IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(Built.Calico, ["demo", "--name", Name, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["CALICO_SDK_PLUGIN_FOLDERS"] = plugins },
        };
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Add(_output, line.Data);
        _process.ErrorDataReceived += (_, line) => Add(_progress, line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public IReadOnlyList<string> Output => Copy(_output);

    public IReadOnlyList<string> Progress => Copy(_progress);

    /// <summary>All that it printed, for a test that failed.</summary>
    public string Said => string.Join('\n', [.. Progress, .. Output]);

    public static DemoProcess Start(params IReadOnlyList<string> arguments) => new(Built.FlowCounters, arguments);

    public static DemoProcess StartWithoutPlugins(params IReadOnlyList<string> arguments) => new("", arguments);

    /// <summary>Waits until it prints a line that holds the words.</summary>
    public async Task Says(string words)
    {
        long start = Stopwatch.GetTimestamp();
        while (!Said.Contains(words, StringComparison.Ordinal))
        {
            Assert.False(_process.HasExited, $"It ended without saying '{words}':\n{Said}");
            Assert.True(Stopwatch.GetElapsedTime(start) < s_patience, $"It did not say '{words}':\n{Said}");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    public async Task<int> End()
    {
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(s_patience, TestContext.Current.CancellationToken);
        return _process.ExitCode;
    }

    public async Task Kill()
    {
        _process.Kill();
        await End();
    }

    public async Task Terminate()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>What demos of this name have on this machine now.</summary>
    public static IReadOnlyList<string> Remains() =>
    [
        .. Files(Namespaces, $"calico-{Name}-*"),
        .. Files("/sys/fs/bpf/calico-sdk", $"{Name}-n*"),
        .. Files("/run/calico-sdk", $"{Name}-n*"),
        .. Files("/run", $"calico-sdk-{Name}"),
        .. Files("/run/calico-sdk-lab", $"calico-{Name}"),
        .. Processes(),
    ];

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            // The demo's own way to end: it takes everything with it.
            using var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
            _process.WaitForExit(s_patience);
        }

        _process.Dispose();
    }

    private static IEnumerable<string> Files(string folder, string pattern) =>
        Directory.Exists(folder) ? Directory.EnumerateFileSystemEntries(folder, pattern) : [];

    private static IEnumerable<string> Processes()
    {
        foreach (string process in Directory.EnumerateDirectories("/proc").Where(path => int.TryParse(Path.GetFileName(path), out _)))
        {
            string words;
            try
            {
                words = File.ReadAllText(Path.Combine(process, "cmdline")).Replace('\0', ' ');
            }
            catch (IOException)
            {
                continue;
            }

            if (words.Contains($"/run/calico-sdk-{Name}/", StringComparison.Ordinal))
            {
                yield return $"{process}: {words}";
            }
        }
    }

    private static void Add(List<string> lines, string? line)
    {
        lock (lines)
        {
            if (line is not null)
            {
                lines.Add(line);
            }
        }
    }

    private static List<string> Copy(List<string> lines)
    {
        lock (lines)
        {
            return [.. lines];
        }
    }
}
