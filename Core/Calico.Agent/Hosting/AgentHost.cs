using System.Net.Sockets;
using Calico.Agent.Api;
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
        using InstanceLock held = InstanceLock.Take(place);
        ApiSocket.Clear(place.Socket);

        // 2
        var readiness = new Readiness();
        await using WebApplication app = Build();
        ILogger log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Calico.Agent");
        await using IAgentDataplane dataplane = makeDataplane(app.Services.GetRequiredService<ILoggerFactory>());
        app.MapApi(new ApiSubjects(dataplane.Reports, dataplane.Resources, dataplane.Commands, readiness));
        await app.StartAsync(cancellationToken);
        try
        {
            // 3
            await dataplane.StartAsync(cancellationToken);
            readiness.Phase = AgentPhase.Ready;
            Announce(log, dataplane.Reports.Status());
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
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

    private static void Announce(ILogger log, StatusReport status)
    {
        foreach (string problem in status.Problems)
        {
            log.LogWarning("{Problem}", problem);
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
