using Calico.Core.Chain.Declarations;
using Calico.Core.Compile;

namespace Calico.Benchmarks.Chains;

/// <summary>A plugin without an assembly, put into the chain beside the first-party ones to be measured.</summary>
internal interface IBenchPlugin
{
    /// <summary>Two of one key are one chain.</summary>
    string Key { get; }

    PluginDeclaration Declaration { get; }

    ITemplateSource Templates { get; }
}
