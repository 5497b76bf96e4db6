using Calico.Agent.Api.Contracts;

namespace Calico.Agent.Api;

/// <summary>The API: routes, and what every request goes through.</summary>
internal static class ApiPipeline
{
    /// <param name="app">What serves it.</param>
    /// <param name="agent">What can be asked.</param>
    public static void MapApi(this WebApplication app, ApiSubjects agent)
    {
        ILogger log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Calico.Agent.Api");
        app.Use((context, next) => AnswerFailuresAsync(context, next, log));
        app.UseStatusCodePages(status => ExplainAsync(status.HttpContext));

        app.MapGet("/livez", context => context.Response.WriteAsync("ok\n", context.RequestAborted));
        app.MapGet("/readyz", context => agent.Readiness.Explain() is { } why
            ? ApiAnswer.RefuseAsync(context, StatusCodes.Status503ServiceUnavailable, why)
            : context.Response.WriteAsync("ok\n", context.RequestAborted));

        RouteGroupBuilder v1 = app.MapGroup("/v1");
        v1.MapGet("/version", context => ApiAnswer.WriteAsync(context, Versions.OfThisProcess(), ApiJson.Default.AgentVersion));
        ReportRoutes.Map(v1, agent);
        ResourceRoutes.Map(v1, agent);
        CommandRoutes.Map(v1, agent, log);
        PluginRoutes.Map(v1, agent, log);
        app.UseOpenTelemetryPrometheusScrapingEndpoint("/v1/metrics");
        ReloadRoutes.Map(v1, agent);
    }

    /// <summary>Makes a handler that answers only while the agent is ready.</summary>
    public static RequestDelegate WhenReady(ApiSubjects agent, RequestDelegate handler) => context =>
        agent.Readiness.Explain() is { } why
            ? ApiAnswer.RefuseAsync(context, StatusCodes.Status503ServiceUnavailable, why)
            : handler(context);

    private static async Task AnswerFailuresAsync(HttpContext context, RequestDelegate next, ILogger log)
    {
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client is gone; nobody is left to be told.
        }
        catch (BadHttpRequestException error) when (!context.Response.HasStarted)
        {
            await ApiAnswer.RefuseAsync(context, error.StatusCode, $"The request cannot be read: {error.Message}");
        }
#pragma warning disable CA1031 // Whatever a report meets is one request's failure, not the agent's.
        catch (Exception error) when (!context.Response.HasStarted)
#pragma warning restore CA1031
        {
            log.LogError(error, "{Method} {Path} failed", context.Request.Method, context.Request.Path);
            await ApiAnswer.RefuseAsync(
                context, StatusCodes.Status500InternalServerError, $"The agent could not answer: {error.Message} Its log has the details.");
        }
    }

    private static Task ExplainAsync(HttpContext context)
    {
        int status = context.Response.StatusCode;
        return ApiAnswer.RefuseAsync(context, status, status switch
        {
            StatusCodes.Status404NotFound => $"The API has no {context.Request.Path}. GET /v1/status is a beginning.",
            StatusCodes.Status405MethodNotAllowed => $"{context.Request.Path} does not take {context.Request.Method}; it takes {context.Response.Headers.Allow}.",
            _ => $"{context.Request.Method} {context.Request.Path} was refused.",
        });
    }
}

/// <summary>What the API answers about.</summary>
internal sealed record ApiSubjects(
    Calico.Core.Runtime.Reports.IDataplaneReports Reports, IResourceReports Resources, ICommandCatalog Commands, Readiness Readiness)
{
    /// <summary>The routes of the plugins that run now.</summary>
    public Func<IReadOnlyList<Calico.Core.Plugins.PluginRoute>> Routes { get; init; } = () => [];

    /// <summary>Reads the configuration again and puts it in force.</summary>
    public required Func<Calico.Core.Runtime.ReloadOptions, Task<Calico.Core.Runtime.Reports.ReloadReport>> Reload { get; init; }
}
