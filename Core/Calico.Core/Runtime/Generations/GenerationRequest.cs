using Calico.Core.Chain;
using Calico.Core.Chain.Declarations;
using Calico.Core.Chain.Layouts;
using Calico.Core.Chain.Rendering;
using Calico.Core.Compile;
using Calico.Sdk;

namespace Calico.Core.Runtime.Generations;

/// <summary>What a generation is built from.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Plugins">What plugins ask for.</param>
/// <param name="Templates">Their templates, by plugin id.</param>
/// <param name="Record">What belongs to names since earlier generations.</param>
/// <param name="Settings">What is rendered in.</param>
/// <param name="Hooks">The hooks that the node needs.</param>
public sealed record GenerationRequest(
    int Number,
    IReadOnlyList<PluginDeclaration> Plugins,
    IReadOnlyDictionary<string, ITemplateSource> Templates,
    ChainRecord Record,
    ChainSettings Settings,
    Hooks Hooks)
{
    /// <summary>
    /// How the maps and flow fields in force are laid out: a plugin that would lay one of them out otherwise is refused.
    /// Null where nothing is in force: it begins with an empty map then.
    /// </summary>
    public LayoutCatalog? InForce { get; init; }
}
