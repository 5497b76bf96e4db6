using Calico.Core.Chain.Declarations;

namespace Calico.Sdk.Testing;

/// <summary>A plugin of which only one stage is left.</summary>
internal static class OneStage
{
    /// <summary>
    /// Nobody else is there to order it by, or to subscribe flows to it: so it stands alone, and wants every packet.
    /// </summary>
    public static PluginDeclaration Of(PluginDeclaration plugin, string name) => plugin with
    {
        Stages = [.. plugin.Stages.Where(stage => stage.Name == name).Select(stage => stage with { Constraints = [], OnDemand = false })],
        Requires = [],
        Conflicts = [],
    };
}
