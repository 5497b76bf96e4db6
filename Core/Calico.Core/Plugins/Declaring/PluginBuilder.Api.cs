using Calico.Sdk;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Calico.Core.Plugins;

/// <content>The agent's API.</content>
internal sealed partial class PluginBuilder
{
    private readonly List<PluginRoute> _routes = [];

    public void ApiRoute<THandler>(string method, string path)
        where THandler : class, IApiHandler
    {
        ArgumentNullException.ThrowIfNull(method);
        string name = $"{method} {path}";
        Check(PluginRoute.Methods.Contains(method) ? null : $"'{method}' is not a method of the API. Take {string.Join(", ", PluginRoute.Methods)}.", "route", name, nameof(method));
        Check(RoutePattern.Explain(path), "route", name, nameof(path));
        RoutePattern pattern = RoutePattern.Parse(path);
        Check(
            _routes.Find(route => route.Method == method && route.Pattern.IsSameAs(pattern)) is { } other ? $"'{other.Method} {other.Pattern}' takes the same requests. Take another path." : null,
            "route", name, nameof(path));
        _services.TryAddTransient<THandler>();
        _routes.Add(new PluginRoute<THandler>(Id, method, pattern));
    }
}
