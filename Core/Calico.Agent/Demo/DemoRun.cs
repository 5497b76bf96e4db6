using System.Diagnostics;
using Calico.Agent.CommandLine;
using Calico.Agent.Demo.Checks;
using Calico.Agent.Demo.Nodes;

namespace Calico.Agent.Demo;

/// <summary>One demo, from an empty machine back to an empty machine.</summary>
internal sealed class DemoRun(Terminal terminal, DemoPlace place, int nodes, IReadOnlyList<string> plugins, bool isOnce)
{
    private readonly long _start = Stopwatch.GetTimestamp();

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        if (!Environment.IsPrivilegedProcess)
        {
            throw new CommandFailure(ExitCodes.Failure, "The demo makes network namespaces and loads eBPF programs, so it needs root: run it with sudo.");
        }

        var checks = new CheckList(Tell);
        Tell($"Building {nodes} nodes with 2 workloads each.");
        DemoWorld world = DemoWorld.Build(place, nodes, plugins, Tell);
        try
        {
            await world.StartAsync(cancellationToken);
            await RunChecksAsync(world, checks, cancellationToken);
            await DemoReport.WriteAsync(terminal, world, checks.All, cancellationToken);
            if (!isOnce)
            {
                WriteResult(checks.All);
                Tell($"Traffic goes on until Ctrl-C. From another terminal: `./run flows --instance {place.InstanceOf("n1")}`; `./run --help --instance {place.InstanceOf("n1")}` lists what else can be asked.");
                await LiveView.RunAsync(terminal, world, cancellationToken);
            }
        }
        finally
        {
            Tell("Removing the demo.");
            await world.DisposeAsync();
            Tell("Removed.");
        }

        if (isOnce)
        {
            WriteResult(checks.All);
        }

        return checks.All.All(check => check.IsAsExpected) ? ExitCodes.Success : ExitCodes.Failure;
    }

    private async Task RunChecksAsync(DemoWorld world, CheckList checks, CancellationToken cancellationToken)
    {
        Tell("Traffic that must pass.");
        await TrafficChecks.RunAsync(world, checks, cancellationToken);
        Tell("Traffic that must not pass.");
        await RefusalChecks.RunAsync(world, checks, cancellationToken);
        Tell("A port of the node that leads to a workload, by somebody else's DNAT.");
        await HostPortChecks.RunAsync(world, checks, cancellationToken);
        Tell("A workload comes and goes.");
        await LifeChecks.RunAsync(world, checks, Tell, cancellationToken);
        Tell("An agent dies and another takes over.");
        await CrashChecks.RunAsync(world, checks, Tell, cancellationToken);
        await LifeChecks.HealthAsync(world, checks, cancellationToken);
    }

    private void WriteResult(IReadOnlyList<Check> checks)
    {
        int good = checks.Count(check => check.IsAsExpected);
        terminal.Output.WriteLine($"demo: {good} as expected, {checks.Count - good} not");
        terminal.Output.Flush();
    }

    private void Tell(string progress) => terminal.Error.WriteLine($"[{Stopwatch.GetElapsedTime(_start).TotalSeconds,5:0.0} s] {progress}");
}
