using System.Net.Sockets;
using Calico.Agent.Api;
using Calico.Agent.Api.Contracts;
using Calico.Agent.CommandLine;
using Calico.Core.Configuration;
using Calico.Core.Runtime;
using Calico.Core.Runtime.Reports;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Hosting.Systemd;

namespace Calico.Agent.Hosting;

/// <summary>Runs an agent: its dataplane, and the API that answers about it.</summary>
/// <remarks>
/// <list type="number">
/// <item>take the instance's lock, so that there is one agent;</item>
/// <item>serve the API, which says "starting" until</item>
/// <item>the dataplane is in place: ready;</item>
/// <item>when stopped, take back the API, then the dataplane. Traffic flows on.</item>
/// </list>
/// </remarks>
internal sealed class AgentHost(AgentPlace place, LogOptions logging, Func<ILoggerFactory, IAgentDataplane> makeDataplane)
{
    private static readonly TimeSpan s_timeForRequests = TimeSpan.FromSeconds(5);

    /// <summary>Runs until it is cancelled.</summary>
    /// <exception cref="AgentStartException">It cannot start.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        // 1
        using InstanceLock held = InstanceLock.Take(place, "Stop it first, or give this one another name: `instance: NAME` in its configuration.");
        ApiSocket.Clear(place.Socket);

        // 2
        var readiness = new Readiness();
        await using WebApplication app = Build();
        ILogger log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Calico.Agent");
        await using IAgentDataplane dataplane = await OrExplainAsync(
            log, () => Task.FromResult(makeDataplane(app.Services.GetRequiredService<ILoggerFactory>())), cancellationToken);
        app.MapApi(new ApiSubjects(dataplane.Reports, dataplane.Resources, dataplane.Commands, readiness)
        {
            Routes = () => dataplane.Routes,
            Reload = options => dataplane.ReloadAsync(options, cancellationToken),
        });
        await app.StartAsync(cancellationToken);
        try
        {
            // 3
            await OrExplainAsync(log, () => StartAsync(dataplane, cancellationToken), cancellationToken);
            readiness.Phase = AgentPhase.Ready;
            Announce(log, dataplane);
            using var hangUp = new HangUp(() => _ = ReloadAsync(log, dataplane, cancellationToken));
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }
        catch (Exception error) when (cancellationToken.IsCancellationRequested)
        {
            if (error is not OperationCanceledException)
            {
                log.LogWarning(error, "The agent was told to stop while it started");
            }

            log.LogInformation("agent stopping: instance {Instance}; traffic flows on", place.Instance);
        }
        finally
        {
            // 4
            readiness.Phase = AgentPhase.Stopping;
            new SystemdNotifier().Notify(ServiceState.Stopping);
            using var patience = new CancellationTokenSource(s_timeForRequests);
            await app.StopAsync(patience.Token);
            File.Delete(place.Socket);
        }
    }

    private static async Task<IAgentDataplane> StartAsync(IAgentDataplane dataplane, CancellationToken cancellationToken)
    {
        await dataplane.StartAsync(cancellationToken);
        return dataplane;
    }

    /// <summary>On SIGHUP. How it went is in the log, and in the status.</summary>
    private static async Task ReloadAsync(ILogger log, IAgentDataplane dataplane, CancellationToken cancellationToken)
    {
        log.LogInformation("SIGHUP: the configuration is read again");
        try
        {
            await dataplane.ReloadAsync(new ReloadOptions(), cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // The agent is stopping.
        }
    }

    /// <summary>Whatever keeps the dataplane from starting goes to the log whole, and to the caller as a sentence.</summary>
    private static async Task<IAgentDataplane> OrExplainAsync(ILogger log, Func<Task<IAgentDataplane>> start, CancellationToken cancellationToken)
    {
        try
        {
            return await start();
        }
        catch (Exception error) when (error is not ConfigurationException && !cancellationToken.IsCancellationRequested)
        {
            log.LogCritical(error, "The agent cannot start: {Reason}", error.Message);
            throw new AgentStartException($"The agent cannot start: {error.Message}");
        }
    }

    private static void Announce(ILogger log, IAgentDataplane dataplane)
    {
        StatusReport status = dataplane.Reports.Status();
        foreach (string problem in status.Problems)
        {
            log.LogWarning("{Problem}", problem);
        }

        IReadOnlySet<string> own = CalicoCommandLine.OwnCommands();
        foreach (CommandDescriptor hidden in dataplane.Commands.List().Where(command => own.Contains(command.Name)))
        {
            log.LogWarning(
                "The command {Command} of plugin {Plugin} cannot be typed, because `calico` has one of this name; its author should rename it", hidden.Name, hidden.Plugin);
        }

        log.LogInformation(
            "agent ready: instance {Instance}, generation {Generation}, {Interfaces} interfaces", status.Instance, status.Generation, status.Interfaces);
        // Does nothing where systemd does not ask for it (NOTIFY_SOCKET).
        new SystemdNotifier().Notify(ServiceState.Ready);
    }

    private WebApplication Build()
    {
        // Nothing is read from the environment or from appsettings.json: agent.yaml alone configures an agent.
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        AgentLogging.Configure(builder.Logging, logging);
        builder.Services.AddRouting();
        AgentMetrics.Add(builder.Services);
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = s_timeForRequests);
        // Signals are taken by the command line; a second owner would hide the second Ctrl-C.
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options =>
        {
            options.AddServerHeader = false;
            ApiLimits.Apply(options.Limits);
            options.ListenUnixSocket(place.Socket);
        });
        builder.Services.Configure<SocketTransportOptions>(options => options.CreateBoundListenSocket = ApiSocket.Bind);
        return builder.Build();
    }

    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
