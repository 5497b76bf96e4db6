using Calico.Core.Configuration;
using Calico.Core.Hosting;
using Calico.Core.Resources;
using Calico.Core.Resources.Folder;
using Calico.Core.Runtime;
using Calico.Core.Runtime.Reports;
using Calico.Sdk;
using Calico.Sdk.Resources;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Runs a dataplane inside a .NET service of your own.</summary>
public static class CalicoDataplaneServices
{
    /// <summary>Adds a dataplane that is configured as an agent is, by a file.</summary>
    /// <param name="services">The service's container.</param>
    /// <param name="configurationFile">
    /// An agent's configuration; <c>examples/agent.yaml</c> explains each field. It is read when the dataplane is first
    /// asked for: a mistake in it is a <see cref="ConfigurationException"/> then, with its line.
    /// </param>
    /// <returns>The same container.</returns>
    /// <remarks>
    /// Adds as singletons: <see cref="AgentConfiguration"/>, <see cref="ResourceStore"/> (which reads the configured
    /// folder), <see cref="Dataplane"/>, and through it <see cref="IFlowTable"/> and <see cref="IDataplaneReports"/>. The
    /// dataplane starts with the host and is in force when the host has started; hosted services that were added after it
    /// find it running. Stopping the host stops the plugins and leaves traffic flowing, as stopping an agent does. The
    /// process must run as root, one process for an instance; the container must have logging, as every .NET host's has.
    /// </remarks>
    public static IServiceCollection AddCalicoDataplane(this IServiceCollection services, string configurationFile)
    {
        ArgumentException.ThrowIfNullOrEmpty(configurationFile);
        return Add(services, () => AgentConfigurationReader.Load(configurationFile));
    }

    /// <summary>Adds a dataplane with a configuration that was made in code.</summary>
    /// <param name="services">The service's container.</param>
    /// <param name="configuration">What <see cref="AgentConfigurationReader"/> read, changed with <c>with</c> where you like.</param>
    /// <returns>The same container.</returns>
    /// <remarks>As <see cref="AddCalicoDataplane(IServiceCollection, string)"/>.</remarks>
    public static IServiceCollection AddCalicoDataplane(this IServiceCollection services, AgentConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return Add(services, () => configuration);
    }

    private static IServiceCollection Add(IServiceCollection services, Func<AgentConfiguration> configuration)
    {
        ArgumentNullException.ThrowIfNull(services);
        return services
            .AddSingleton(_ => configuration())
            .AddSingleton(provider => new ResourceStore(
                CalicoKinds.All,
                [
                    new FolderSource(
                        new FolderOptions { Folder = provider.GetRequiredService<AgentConfiguration>().ResourceFolder },
                        provider.GetRequiredService<ILogger<FolderSource>>()),
                ],
                provider.GetRequiredService<ILogger<ResourceStore>>()))
            .AddSingleton(provider => new Dataplane(
                provider.GetRequiredService<AgentConfiguration>(),
                provider.GetRequiredService<ResourceStore>(),
                provider.GetRequiredService<ILoggerFactory>()))
            .AddSingleton<IFlowTable>(provider => provider.GetRequiredService<Dataplane>().Flows)
            .AddSingleton<IDataplaneReports>(provider => provider.GetRequiredService<Dataplane>())
            .AddSingleton<IHostedService, DataplaneService>();
    }
}
