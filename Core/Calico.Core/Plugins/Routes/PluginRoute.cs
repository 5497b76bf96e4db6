using Calico.Sdk;
using Microsoft.Extensions.DependencyInjection;

namespace Calico.Core.Plugins;

/// <summary>A route that a plugin adds to the API.</summary>
/// <remarks>Thread-safe. Whatever the plugin throws leaves it as text, in a <see cref="PluginRouteException"/>.</remarks>
public abstract class PluginRoute
{
    private PluginServices? _services;

    private protected PluginRoute(string pluginId, string method, RoutePattern pattern)
    {
        PluginId = pluginId;
        Method = method;
        Pattern = pattern;
    }

    /// <summary>The methods that a route can have.</summary>
    public static IReadOnlyList<string> Methods { get; } = ["GET", "POST", "PUT", "PATCH", "DELETE"];

    /// <summary>Whose it is.</summary>
    public string PluginId { get; }

    /// <summary>Such as <c>GET</c>.</summary>
    public string Method { get; }

    /// <summary>Below the plugin's own root.</summary>
    public RoutePattern Pattern { get; }

    internal void Bind(PluginServices services) => _services = services;

    /// <summary>Handles a request.</summary>
    /// <param name="request">What was asked.</param>
    /// <param name="begin">Told status and content type; gives the stream that takes the body. What it throws is not the plugin's.</param>
    /// <param name="cancellationToken">The client has gone, or the agent stops.</param>
    /// <exception cref="PluginRouteException">The plugin failed, or is being unloaded.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public async Task RunAsync(ApiRequest request, Func<int, string?, Stream> begin, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(begin);
        using PluginServices.Use use = _services?.Begin(cancellationToken)
            ?? throw new PluginRouteException($"Plugin '{PluginId}' is being unloaded. Ask again.");
        try
        {
            await using AsyncServiceScope scope = use.Provider.CreateAsyncScope();
            ApiResponse response = await HandleAsync(scope.ServiceProvider, request, use.Stopping)
                ?? throw new InvalidOperationException("the handler gave no answer");
            await response.WriteAsync(begin(response.Status, response.ContentType), use.Stopping);
        }
        catch (Exception) when (use.Stopping.IsCancellationRequested)
        {
            throw new OperationCanceledException($"{Method} {Pattern} of plugin '{PluginId}' was stopped.", use.Stopping);
        }
        catch (Exception failure)
        {
            throw new PluginRouteException($"{Method} {Pattern} of plugin '{PluginId}' failed: {ExceptionText.Line(failure)}", ExceptionText.Whole(failure));
        }
    }

    private protected abstract Task<ApiResponse> HandleAsync(IServiceProvider services, ApiRequest request, CancellationToken cancellationToken);
}

/// <summary>A route whose handler is the plugin's.</summary>
internal sealed class PluginRoute<THandler>(string pluginId, string method, RoutePattern pattern) : PluginRoute(pluginId, method, pattern)
    where THandler : class, IApiHandler
{
    private protected override Task<ApiResponse> HandleAsync(IServiceProvider services, ApiRequest request, CancellationToken cancellationToken) =>
        services.GetRequiredService<THandler>().HandleAsync(request, cancellationToken);
}

/// <summary>A plugin's route failed. It has no inner exception, which would keep the plugin's types.</summary>
/// <param name="message">For the client.</param>
/// <param name="detail">For the log; empty where there is no more to say.</param>
public sealed class PluginRouteException(string message, string detail = "") : Exception(message)
{
    /// <summary>The plugin's exception with its stack.</summary>
    public string Detail { get; } = detail;
}
