using Calico.Agent.Api.Contracts;
using Calico.Core.Plugins;
using Calico.Sdk;

namespace Calico.Agent.Api;

/// <summary>What plugins add to the API, below <c>/v1/plugins/ID/</c>.</summary>
internal static class PluginRoutes
{
    /// <param name="v1">Where the API is mapped.</param>
    /// <param name="agent">What can be asked.</param>
    /// <param name="log">Told of plugins' failures.</param>
    public static void Map(RouteGroupBuilder v1, ApiSubjects agent, ILogger log) =>
        v1.MapMethods("/plugins/{id}/{**path}", PluginRoute.Methods, ApiPipeline.WhenReady(agent, context => RunAsync(context, agent.Routes(), log)));

    private static async Task RunAsync(HttpContext context, IReadOnlyList<PluginRoute> routes, ILogger log)
    {
        var id = (string)context.GetRouteValue("id")!;
        // As it was sent: a value may hold an encoded slash.
        string path = context.Request.Path.ToUriComponent().Split('/', 5) is [_, _, _, _, var rest] ? rest : "";
        PluginRoute? found = null;
        IReadOnlyDictionary<string, string>? values = null;
        var others = new List<string>();
        foreach (PluginRoute route in routes.Where(route => route.PluginId == id))
        {
            if (found is null && route.Pattern.Match(path) is { } match)
            {
                if (route.Method == context.Request.Method)
                {
                    (found, values) = (route, match);
                }
                else
                {
                    others.Add(route.Method);
                }
            }
        }

        if (found is not null)
        {
            await RunAsync(context, found, path, values!, log);
        }
        else if (others.Count > 0)
        {
            context.Response.Headers.Allow = string.Join(", ", others.Distinct());
            await ApiAnswer.RefuseAsync(context, StatusCodes.Status405MethodNotAllowed, $"{context.Request.Path} does not take {context.Request.Method}; it takes {context.Response.Headers.Allow}.");
        }
        else
        {
            string[] known = [.. routes.Where(route => route.PluginId == id).Select(route => $"{route.Method} {route.Pattern}")];
            await ApiAnswer.RefuseAsync(context, StatusCodes.Status404NotFound, known.Length == 0
                ? $"No running plugin '{id}' has routes. GET /v1/plugins lists the plugins."
                : $"Plugin '{id}' has no {path}. It has {string.Join(", ", known)}.");
        }
    }

    private static async Task RunAsync(HttpContext context, PluginRoute route, string path, IReadOnlyDictionary<string, string> values, ILogger log)
    {
        var request = new ApiRequest(
            context.Request.Method,
            path,
            values,
            context.Request.Query.ToDictionary(entry => entry.Key, IReadOnlyList<string> (entry) => [.. entry.Value.OfType<string>()], StringComparer.Ordinal),
            context.Request.ContentType,
            context.Request.Body);
        try
        {
            await route.RunAsync(request, (status, contentType) => Begin(context, status, contentType), context.RequestAborted);
        }
        catch (PluginRouteException failure)
        {
            log.LogError("{Reason} {Detail}", failure.Message, failure.Detail);
            if (context.Response.HasStarted)
            {
                // Half an answer must not look like a whole one.
                context.Abort();
                return;
            }

            context.Response.Clear();
            await ApiAnswer.RefuseAsync(context, StatusCodes.Status500InternalServerError, failure.Message);
        }
        catch (OperationCanceledException stopped) when (!context.RequestAborted.IsCancellationRequested && !context.Response.HasStarted)
        {
            context.Response.Clear();
            await ApiAnswer.RefuseAsync(context, StatusCodes.Status503ServiceUnavailable, stopped.Message);
        }
    }

    private static Stream Begin(HttpContext context, int status, string? contentType)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = contentType;
        return context.Response.Body;
    }
}
