using Calico.Core.Runtime.Reports;

namespace Calico.Agent.Api;

/// <summary>What can be asked of the dataplane.</summary>
internal static class ReportRoutes
{
    public static void Map(RouteGroupBuilder v1, ApiSubjects agent)
    {
        IDataplaneReports reports = agent.Reports;
        MapGet("/status", context => ApiAnswer.WriteAsync(context, reports.Status(), ApiJson.Default.StatusReport));
        MapGet("/interfaces", context => ApiAnswer.WriteAsync(context, reports.Interfaces(), ApiJson.Default.IReadOnlyListInterfaceReport));
        MapGet("/drops", context => ApiAnswer.WriteAsync(context, reports.Drops(), ApiJson.Default.IReadOnlyListDropReport));
        MapGet("/missed-calls", context => ApiAnswer.WriteAsync(context, reports.MissedCalls(), ApiJson.Default.IReadOnlyListMissedCallReport));
        MapGet("/plugins", context => ApiAnswer.WriteAsync(context, reports.Plugins(), ApiJson.Default.IReadOnlyListPluginReport));
        MapGet("/chains/{interface}", context => WriteChainsAsync(context, reports));
        MapGet("/explain/{hook}", context => WriteExplanationAsync(context, reports));

        void MapGet(string route, RequestDelegate handler) => v1.MapGet(route, ApiPipeline.WhenReady(agent, handler));
    }

    private static Task WriteChainsAsync(HttpContext context, IDataplaneReports reports)
    {
        string name = Word(context, "interface");
        return ApiAnswer.WriteAsync(context, reports.Chains(name), ApiJson.Default.IReadOnlyListChainReport, () =>
            $"The interface '{name}' has no chain. {Have(reports.Interfaces().Select(known => known.Name), "No interface has one: agent.yaml says which names are ours.")}");
    }

    private static Task WriteExplanationAsync(HttpContext context, IDataplaneReports reports)
    {
        string hook = Word(context, "hook");
        return ApiAnswer.WriteAsync(context, reports.Explain(hook), ApiJson.Default.IReadOnlyListString, () =>
            $"The hook '{hook}' has no chain. {Have(reports.Interfaces().SelectMany(known => known.Hooks), "No hook has one, because no interface has one.")}");
    }

    private static string Have(IEnumerable<string> names, string none)
    {
        const int MostShown = 20;
        string[] known = [.. names.Distinct().Order(StringComparer.Ordinal)];
        return known.Length == 0 ? none
            : $"These have: {string.Join(", ", known.Take(MostShown))}{(known.Length > MostShown ? $", and {known.Length - MostShown} more" : "")}.";
    }

    private static string Word(HttpContext context, string name) => (string)context.GetRouteValue(name)!;
}
