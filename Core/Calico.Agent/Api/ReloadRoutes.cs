using Calico.Core.Runtime;

namespace Calico.Agent.Api;

/// <summary>
/// <c>POST /v1/reload</c>: answers with how it went, whether or not the new generation is in force. Whoever asked may go
/// away meanwhile: it goes on.
/// </summary>
internal static class ReloadRoutes
{
    public static void Map(RouteGroupBuilder v1, ApiSubjects agent) =>
        v1.MapPost("/reload", ApiPipeline.WhenReady(agent, context => ReloadAsync(context, agent)));

    private static async Task ReloadAsync(HttpContext context, ApiSubjects agent)
    {
        ReloadOptions options;
        try
        {
            options = ReloadBody.Read(await CommandBody.ReadAsync(context.Request, context.RequestAborted));
        }
        catch (CommandRefusedException refused)
        {
            await ApiAnswer.RefuseAsync(context, StatusCodes.Status400BadRequest, refused.Message);
            return;
        }

        await ApiAnswer.WriteAsync(context, await agent.Reload(options), ApiJson.Default.ReloadReport);
    }
}
