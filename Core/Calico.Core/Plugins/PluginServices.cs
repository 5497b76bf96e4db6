using System.Diagnostics.Metrics;
using Calico.Sdk;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Calico.Core.Plugins;

/// <summary>
/// A plugin's container. It knows who is using it, so that unloading can ask them to stop and wait for them.
/// </summary>
internal sealed class PluginServices : IAsyncDisposable
{
    private readonly ServiceProvider _provider;
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private int _users;
    private bool _closed;

    private readonly Meter _meter;

    private PluginServices(ServiceProvider provider, Meter meter)
    {
        _provider = provider;
        _meter = meter;
    }

    public IServiceProvider Provider => _provider;

    /// <summary>Builds the container: the plugin's services, and those that the host lends.</summary>
    public static PluginServices Build(string id, IServiceCollection services, HostServices host)
    {
        // As instances, because a container does not dispose what it has not made; last, so that a plugin cannot hide them.
        services.AddSingleton(host.Loggers);
        services.AddSingleton(typeof(ILogger<>), typeof(Logger<>));
        services.AddSingleton(host.Flows);
        services.AddSingleton(host.MapsOf(id));
        services.AddSingleton(host.EventsOf(id));
        services.AddSingleton(host.Decoders);
        // Ours to dispose, however the plugin's end goes: an observable instrument that is left would be asked, and held, for ever.
        var meter = new Meter(PluginMeter.NamePrefix + id);
        services.AddSingleton(meter);
        try
        {
            return new PluginServices(
                services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true }), meter);
        }
        catch
        {
            meter.Dispose();
            throw;
        }
    }

    /// <summary>Takes part in the plugin's life until the use is disposed; null once it is being unloaded.</summary>
    public Use? Begin(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_closed)
            {
                return null;
            }

            _users++;
            return new Use(this, cancellationToken);
        }
    }

    /// <summary>Asks the users to stop, waits for them, and disposes the plugin's services.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            if (_closed)
            {
                return;
            }

            _closed = true;
            if (_users == 0)
            {
                _idle.TrySetResult();
            }
        }

        _meter.Dispose();
        await _stopping.CancelAsync();
        await _idle.Task;
        await _provider.DisposeAsync();
        _stopping.Dispose();
    }

    private void End()
    {
        lock (_gate)
        {
            if (--_users == 0 && _closed)
            {
                _idle.TrySetResult();
            }
        }
    }

    /// <summary>One use of the plugin's services.</summary>
    internal sealed class Use : IDisposable
    {
        private readonly PluginServices _owner;
        private readonly CancellationTokenSource _either;
        private int _ended;

        public Use(PluginServices owner, CancellationToken cancellationToken)
        {
            _owner = owner;
            _either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, owner._stopping.Token);
            Stopping = _either.Token;
        }

        public IServiceProvider Provider => _owner._provider;

        /// <summary>The caller lost interest, or the plugin is being unloaded.</summary>
        public CancellationToken Stopping { get; }

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _ended, 1) == 0)
            {
                _either.Dispose();
                _owner.End();
            }
        }
    }
}
