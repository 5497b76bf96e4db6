namespace Calico.Agent.Api;

/// <summary>What can be asked of the desired state.</summary>
internal static class ResourceRoutes
{
    public static void Map(RouteGroupBuilder v1, ApiSubjects agent) =>
        v1.MapGet("/resources", ApiPipeline.WhenReady(agent, context =>
        {
            IQueryCollection query = context.Request.Query;
            var filter = new ResourceFilter(query["kind"], query["namespace"], query["name"], query["documents"] == "true");
            return ApiAnswer.WriteAsync(context, agent.Resources.List(filter), ApiJson.Default.ResourceListing);
        }));
}
