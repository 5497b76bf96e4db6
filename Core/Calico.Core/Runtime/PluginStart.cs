using Calico.Core.Configuration;
using Calico.Core.Plugins;
using Calico.Sdk.Resources;

namespace Calico.Core.Runtime;

/// <summary>
/// From the configuration's plugins to a request to load them. Asked again for every reload: the version of a plugin that
/// is named by its id alone is the one that is active then.
/// </summary>
internal static class PluginStart
{
    public static PluginRequest Request(AgentConfiguration configuration)
    {
        var store = new PluginStore(configuration.Paths.Plugins);
        var absent = new List<QuarantinedPlugin>();
        var wanted = new List<(string Folder, PluginConfiguration Plugin)>();
        foreach (PluginConfiguration plugin in configuration.Plugins.Where(plugin => plugin.IsEnabled))
        {
            try
            {
                wanted.Add((plugin.Id is null ? plugin.Folder : store.Resolve(plugin.Id, plugin.Version), plugin));
            }
            catch (PluginStoreException missing)
            {
                absent.Add(new QuarantinedPlugin(Path.Combine(store.Folder, plugin.Id!), plugin.Id, missing.Message));
            }
        }

        // Those in development first: where a configured plugin has the same id, it stands back, and its options are theirs.
        var options = new Dictionary<string, MappingNode>(StringComparer.Ordinal);
        foreach (string folder in configuration.DevelopmentFolders)
        {
            string? id = PluginInspection.IdOf(folder);
            foreach ((string Folder, PluginConfiguration Plugin) shadowed in wanted
                .Where(other => other.Folder == folder || (id is not null && (other.Plugin.Id ?? PluginInspection.IdOf(other.Folder)) == id)).ToList())
            {
                options[folder] = shadowed.Plugin.Options;
                wanted.Remove(shadowed);
            }

            absent.RemoveAll(plugin => plugin.Id == id);
        }

        var digests = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach ((string folder, PluginConfiguration plugin) in wanted)
        {
            options[folder] = plugin.Options;
            if (plugin.Sha256 is not null)
            {
                digests[folder] = plugin.Sha256;
            }
        }

        return new PluginRequest([.. configuration.DevelopmentFolders, .. wanted.Select(plugin => plugin.Folder)])
        {
            Absent = absent,
            Digests = digests,
            OptionsByFolder = options,
        };
    }
}
