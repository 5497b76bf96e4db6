using System.Diagnostics;
using System.Globalization;
using System.Text;
using Calico.Benchmarks.Chains;
using Calico.Lab;

namespace Calico.Benchmarks.Scale;

/// <summary>A node with the real agent in a namespace of its own, and workloads that come many at a time.</summary>
internal sealed class ScaleNode : IDisposable
{
    private const string Instance = "bench-scale";
    private const string Node = "bench-node";
    private const int AttachPointsOfAnInterface = 2;

    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    private readonly string _folder = Directory.CreateTempSubdirectory("calico-bench-").FullName;
    private readonly NetworkNamespace _node = Create("calico-bench-scale-node");
    private readonly NetworkNamespace _workloads = Create("calico-bench-scale-workloads");
    private readonly Process _agent;

    public ScaleNode()
    {
        Directory.CreateDirectory(Resources);
        File.WriteAllText(Configuration, $"""
            instance: {Instance}
            node: {Node}
            plugins:
            {string.Concat(FirstPartyPlugins.Folders().Select(folder => $"  - folder: {folder}\n"))}
            resources: {Resources}
            paths:
              state: {_folder}/state
              run: {_folder}/run
            """);
        Run("uninstall", "--config", Configuration); // of a run that was killed
        _agent = Process.Start(new ProcessStartInfo("nsenter", [$"--net={_node.Path}", "--", Calico, "agent", "--config", Configuration])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        _agent.OutputDataReceived += (_, line) => Note(line.Data);
        _agent.ErrorDataReceived += (_, line) => Note(line.Data);
        _agent.BeginOutputReadLine();
        _agent.BeginErrorReadLine();
    }

    private static string Links => $"/sys/fs/bpf/calico-sdk/{Instance}/links";

    private static string Calico => Path.Combine(
        FirstPartyPlugins.RepositoryRoot, "Core/Calico.Agent/bin", new DirectoryInfo(AppContext.BaseDirectory.TrimEnd('/')).Parent!.Name, "net10.0", "calico");

    private string Configuration => Path.Combine(_folder, "agent.yaml");

    private string Resources => Path.Combine(_folder, "resources");

    private StringBuilder Log { get; } = new();

    /// <summary>Makes workloads while the agent is stopped: what the kernel needs for the veths is not measured.</summary>
    public void AddUnseen(int first, int count)
    {
        Signal("-STOP");
        var links = Enumerable.Range(first, count).ToList();
        _node.Ip([.. links.Select(number => $"link add cali{number} type veth peer name eth{number} netns {_workloads.Name}")]);
        _node.Ip([.. links.Select(number => $"link set cali{number} up")]);
        _workloads.Ip([.. links.Select(number => $"link set eth{number} up")]);
        File.WriteAllText(Path.Combine(Resources, $"{first}.yaml.new"), string.Join("---\n", links.Select(Endpoint)));
        File.Move(Path.Combine(Resources, $"{first}.yaml.new"), Path.Combine(Resources, $"{first}.yaml"));
    }

    /// <summary>Lets the agent go on, and waits until this many interfaces have their chain and their route.</summary>
    public TimeSpan Serve(int interfaces)
    {
        var start = Stopwatch.GetTimestamp();
        Signal("-CONT");
        WaitFor(() => Directory.Exists(Links) && Directory.GetFiles(Links).Length == AttachPointsOfAnInterface * interfaces, interfaces);
        var attached = Stopwatch.GetElapsedTime(start);

        // The routes are written while interfaces are attached; asking for them costs a process, so it is asked last.
        WaitFor(() => Routes() >= interfaces, interfaces);
        return attached;
    }

    /// <summary>Takes workloads away again, and waits until nothing of them is left.</summary>
    public void Remove(int first, int count, int left)
    {
        File.Delete(Path.Combine(Resources, $"{first}.yaml"));
        _node.Ip([.. Enumerable.Range(first, count).Select(number => $"link delete cali{number}")]);
        WaitFor(() => Directory.GetFiles(Links).Length == AttachPointsOfAnInterface * left, left);
    }

    public void Dispose()
    {
        Signal("-CONT");
        Signal("-TERM");
        if (!_agent.WaitForExit(TimeSpan.FromSeconds(20)))
        {
            _agent.Kill();
            _agent.WaitForExit();
        }

        Run("uninstall", "--config", Configuration);
        _agent.Dispose();
        _workloads.Delete();
        _node.Delete();
        Directory.Delete(_folder, recursive: true);
    }

    private static NetworkNamespace Create(string name)
    {
        if (File.Exists(Path.Combine("/run/netns", name)))
        {
            NetworkNamespace.Open(name).Delete();
        }

        return NetworkNamespace.Create(name);
    }

    private static string Endpoint(int number) => string.Create(CultureInfo.InvariantCulture, $"""
        apiVersion: projectcalico.org/v3
        kind: WorkloadEndpoint
        metadata:
          name: bench--node-k8s-w{number}-eth0
          namespace: bench
        spec:
          node: {Node}
          orchestrator: k8s
          pod: w{number}
          endpoint: eth0
          interfaceName: cali{number}
          ipNetworks:
            - 10.99.{number / 250}.{1 + (number % 250)}/32

        """);

    private int Routes() =>
        _node.Run("ip", "-4", "route").Output.Split('\n').Count(line => line.Contains(" dev cali", StringComparison.Ordinal));

    private void WaitFor(Func<bool> condition, int interfaces)
    {
        var start = Stopwatch.GetTimestamp();
        while (!condition())
        {
            if (_agent.HasExited || Stopwatch.GetElapsedTime(start) > s_patience)
            {
                lock (Log)
                {
                    throw new InvalidOperationException($"The agent did not come to {interfaces} interfaces. Its last words: {Log}");
                }
            }

            Thread.Sleep(2);
        }
    }

    private void Note(string? line)
    {
        lock (Log)
        {
            Log.Append('\n').Append(line);
            Log.Remove(0, Math.Max(0, Log.Length - 4_000));
        }
    }

    private void Signal(string signal)
    {
        using var kill = Process.Start("kill", [signal, _agent.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    private static void Run(params string[] arguments)
    {
        using var command = Process.Start(new ProcessStartInfo(Calico, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        command.StandardOutput.ReadToEnd();
        command.StandardError.ReadToEnd();
        command.WaitForExit();
    }
}
