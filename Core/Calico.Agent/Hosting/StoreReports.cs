using Calico.Agent.Api;
using Calico.Agent.Api.Contracts;
using Calico.Core.Resources;
using Calico.Sdk.Resources;

namespace Calico.Agent.Hosting;

/// <summary>Answers from a resource store.</summary>
internal sealed class StoreReports(ResourceStore store) : IResourceReports
{
    public ResourceListing List(ResourceFilter filter)
    {
        ResourceSnapshot snapshot = store.Snapshot;
        return new ResourceListing(
            [.. snapshot.Held.Where(held => filter.Takes(held.Key.Kind, held.Key.Namespace, held.Key.Name)).Select(held => Report(held, filter))],
            // A document whose name cannot be told may be the one that is looked for.
            [.. snapshot.Refused.Where(refused => refused.Key is not { } key || filter.Takes(key.Kind, key.Namespace, key.Name)).Select(Report)]);
    }

    private static HeldReport Report(HeldResource held, ResourceFilter filter) => new(
        held.Key.ApiVersion,
        held.Key.Kind,
        held.Key.Namespace,
        held.Key.Name,
        held.Position.ToString(),
        held.IsLastGood,
        Sentences(held.Warnings),
        filter.WithDocuments ? DocumentJson.Of(held.Document) : null);

    private static RefusedReport Report(RefusedDocument refused) => new(
        refused.Key?.ApiVersion,
        refused.Key?.Kind,
        refused.Key?.Namespace,
        refused.Key?.Name,
        refused.Position.ToString(),
        refused.IsLastGoodInForce,
        Sentences(refused.Problems));

    private static string[] Sentences(IEnumerable<ResourceProblem> problems) => [.. problems.Select(problem => problem.ToString())];
}
