using Calico.Core.Chain.Declarations;
using Calico.Core.Compile;
using Microsoft.Extensions.DependencyInjection;

namespace Calico.Core.Plugins;

/// <summary>All that a plugin declared.</summary>
/// <param name="Declaration">What concerns the chain.</param>
/// <param name="Templates">The templates that its stages name, and what they include.</param>
/// <param name="Services">Its services, not built yet.</param>
/// <param name="Commands">Its commands, not bound to a container yet.</param>
internal sealed partial record PluginContribution(
    PluginDeclaration Declaration, ITemplateSource Templates, IServiceCollection Services, IReadOnlyList<PluginCommand> Commands);
