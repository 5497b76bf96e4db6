using Calico.Core.Chain.Declarations;
using Microsoft.Extensions.DependencyInjection;

namespace Calico.Core.Plugins;

/// <summary>All that a plugin declared.</summary>
/// <param name="Declaration">What concerns the chain.</param>
/// <param name="Services">Its services, not built yet.</param>
/// <param name="Commands">Its commands, not bound to a container yet.</param>
internal sealed record PluginContribution(
    PluginDeclaration Declaration, IServiceCollection Services, IReadOnlyList<PluginCommand> Commands);
