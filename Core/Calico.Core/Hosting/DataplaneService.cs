using Calico.Core.Configuration;
using Calico.Core.Resources;
using Calico.Core.Runtime;
using Microsoft.Extensions.Hosting;

namespace Calico.Core.Hosting;

/// <summary>A dataplane's life in a host: it starts and stops with it.</summary>
/// <remarks>
/// <list type="number">
/// <item>take the instance, so that it has one process;</item>
/// <item>read resources;</item>
/// <item>bring the dataplane into force. When stopped, the other way round; traffic flows on.</item>
/// </list>
/// </remarks>
internal sealed class DataplaneService(AgentConfiguration configuration, ResourceStore resources, Dataplane dataplane) : IHostedService, IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private Task _reading = Task.CompletedTask;
    private FileStream? _instance;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        // 1.
        _instance = Take(configuration);
        // 2.
        _reading = resources.RunAsync(_stopping.Token);
        // 3.
        await dataplane.StartAsync(cancellationToken);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await _reading.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        await dataplane.DisposeAsync();
        _instance?.Dispose();
    }

    public void Dispose()
    {
        // After a start that failed, nobody calls StopAsync.
        _stopping.Cancel();
        _instance?.Dispose();
        _stopping.Dispose();
    }

    // The very file that an agent locks: the two exclude each other.
    private static FileStream Take(AgentConfiguration configuration)
    {
        try
        {
            Directory.CreateDirectory(configuration.Paths.Run);
            return new FileStream(Path.Combine(configuration.Paths.Run, "agent.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (UnauthorizedAccessException refused)
        {
            throw new InvalidOperationException($"The folder {configuration.Paths.Run} cannot be used: {refused.Message} A dataplane runs as root.");
        }
        catch (IOException taken)
        {
            throw new InvalidOperationException(
                $"Instance '{configuration.Instance}' is another process's already, or its folder {configuration.Paths.Run} is not fit ({taken.Message}). Stop the other, or give this one a name of its own: `instance: NAME` in {configuration.File}.");
        }
    }
}
