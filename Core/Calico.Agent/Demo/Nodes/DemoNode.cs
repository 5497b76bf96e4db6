using System.Diagnostics;
using Calico.Agent.Api;
using Calico.Agent.Client;
using Calico.Agent.CommandLine;
using Calico.Core.Configuration;
using Calico.Core.Runtime;
using Calico.Core.Runtime.Reports;
using Calico.Lab;

namespace Calico.Agent.Demo.Nodes;

/// <summary>A node of the demo and its agent, which comes and goes.</summary>
internal sealed class DemoNode : IDisposable
{
    private static readonly TimeSpan s_startLimit = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan s_endLimit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_askAgain = TimeSpan.FromMilliseconds(25);

    private readonly LabTopology _lab;
    private readonly string _file;
    private readonly AgentConfiguration _configuration;
    private LabProcess? _agent;

    public DemoNode(LabTopology lab, LabNode node, string configurationFile)
    {
        _lab = lab;
        Lab = node;
        _file = configurationFile;
        _configuration = AgentConfigurationReader.Load(configurationFile);
        Client = new AgentClient(_configuration.Paths.ApiSocket);
    }

    public LabNode Lab { get; }

    public string Name => Lab.Name;

    /// <summary>Asks the agent. Where none runs, that is a <see cref="CommandFailure"/>.</summary>
    public AgentClient Client { get; }

    /// <summary>Starts the agent and waits until it is ready.</summary>
    /// <returns>How long that took.</returns>
    public async Task<TimeSpan> StartAsync(CancellationToken cancellationToken)
    {
        long start = Stopwatch.GetTimestamp();
        _agent = _lab.Start(Lab.Namespace, [.. OwnExecutable.Command, "agent", "--config", _file]);
        while (!await IsReadyAsync(cancellationToken))
        {
            TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
            if (_agent.HasExited || elapsed > s_startLimit)
            {
                throw new CommandFailure(ExitCodes.Failure,
                    $"The agent of {Name} {(_agent.HasExited ? $"ended with exit code {_agent.ExitCode}" : $"was not ready after {elapsed.TotalSeconds:0} s")}. Its last words:\n{string.Join('\n', _agent.Lines.TakeLast(20))}");
            }

            await Task.Delay(s_askAgain, cancellationToken);
        }

        return Stopwatch.GetElapsedTime(start);
    }

    /// <summary>Ends the agent as a crash would.</summary>
    public async Task KillAsync(CancellationToken cancellationToken)
    {
        _agent!.Signal(LabSignal.Kill);
        await _agent.WaitForExit(s_endLimit, cancellationToken);
        _agent.Dispose();
        _agent = null;
    }

    /// <summary>What an interface dropped for a reason so far.</summary>
    public async Task<ulong> DropsAsync(string interfaceName, string reason, CancellationToken cancellationToken)
    {
        IReadOnlyList<DropReport> drops = await Client.GetAsync("v1/drops", ApiJson.Default.IReadOnlyListDropReport, cancellationToken);
        return drops.Where(drop => drop.Interface == interfaceName && drop.Reason == reason)
            .Aggregate(0UL, (sum, drop) => sum + drop.Packets);
    }

    public async Task<IReadOnlyList<InterfaceReport>> InterfacesAsync(CancellationToken cancellationToken) =>
        await Client.GetAsync("v1/interfaces", ApiJson.Default.IReadOnlyListInterfaceReport, cancellationToken);

    public async Task<StatusReport> StatusAsync(CancellationToken cancellationToken) =>
        await Client.GetAsync("v1/status", ApiJson.Default.StatusReport, cancellationToken);

    /// <summary>Stops the agent, then takes what it left in force off the node.</summary>
    public async Task RemoveAsync()
    {
        if (_agent is not null)
        {
            await _agent.Stop(s_endLimit);
            _agent = null;
        }

        if (File.Exists(Lab.Namespace.Path))
        {
            Lab.Namespace.Enter(() => DataplaneRemoval.Remove(_configuration));
        }
    }

    public void Dispose() => Client.Dispose();

    private async Task<bool> IsReadyAsync(CancellationToken cancellationToken)
    {
        try
        {
            await StatusAsync(cancellationToken);
            return true;
        }
        catch (CommandFailure)
        {
            return false;
        }
    }
}
