using Calico.Core.Resources.Documents;
using Calico.Sdk.Resources;
using Microsoft.Extensions.DependencyInjection;

namespace Calico.Core.Plugins;

/// <content>Resources, and what runs beside the chain.</content>
internal sealed partial record PluginContribution
{
    /// <summary>The kinds of resources that it brings.</summary>
    public IReadOnlyList<ResourceKind> Kinds { get; init; } = [];

    /// <summary>What it does in the background.</summary>
    public IReadOnlyList<WorkDeclaration> Work { get; init; } = [];

    /// <summary>Its routes of the API, most exact first, not bound to a container yet.</summary>
    public IReadOnlyList<PluginRoute> Routes { get; init; } = [];

    /// <summary>Adds what the host lends to the plugin's services: as instances, which a container does not dispose.</summary>
    public void Lend(HostServices host)
    {
        Services.AddSingleton(host.FeedOf([.. Kinds.Select(kind => kind.Type)]));
        Services.AddSingleton<IDocumentReader>(new DocumentReader());
    }
}
