using Calico.Agent.Api;
using Calico.Core.Plugins;
using Calico.Core.Runtime;
using Calico.Core.Runtime.Reports;

namespace Calico.Agent.Hosting;

/// <summary>What an agent hosts.</summary>
/// <remarks>Disposing it leaves traffic flowing: what is pinned stays.</remarks>
internal interface IAgentDataplane : IAsyncDisposable
{
    IDataplaneReports Reports { get; }

    IResourceReports Resources { get; }

    ICommandCatalog Commands { get; }

    /// <summary>The routes of the plugins that run now.</summary>
    IReadOnlyList<PluginRoute> Routes => [];

    /// <summary>Reads the whole configuration again and puts in force what it says of plugins.</summary>
    /// <param name="options">How.</param>
    /// <param name="cancellationToken">Ends it while nothing is swapped.</param>
    /// <returns>How it went; what is refused is no exception.</returns>
    Task<ReloadReport> ReloadAsync(ReloadOptions options, CancellationToken cancellationToken);

    /// <summary>Returns when all chains are in place.</summary>
    Task StartAsync(CancellationToken cancellationToken);
}
