using Calico.Core.Configuration;
using Calico.Core.Plugins;

namespace Calico.Core.Runtime;

/// <summary>From the configuration's plugins to a request to load them.</summary>
internal static class PluginStart
{
    public static PluginRequest Request(AgentConfiguration configuration)
    {
        var enabled = configuration.Plugins.Where(plugin => plugin.IsEnabled).ToList();
        return new PluginRequest([.. enabled.Select(plugin => plugin.Folder)])
        {
            Digests = enabled.Where(plugin => plugin.Sha256 is not null).ToDictionary(plugin => plugin.Folder, plugin => plugin.Sha256!),
            OptionsByFolder = enabled.ToDictionary(plugin => plugin.Folder, plugin => plugin.Options),
        };
    }
}
