using Calico.Core.Plugins.Linking;

namespace Calico.Core.Plugins;

/// <summary>Looks at plugins without loading them.</summary>
internal static class PluginInspection
{
    /// <summary>The id of the plugin in a folder; null where that cannot be said without complaints, which loading it makes.</summary>
    public static string? IdOf(string folder)
    {
        try
        {
            PluginFolder found = PluginFolder.Open(folder, TrustedOwners.OfThisProcess());
            using PluginImages images = PluginImages.Open(found);
            return PluginIdentity.Of(images.Entry).Id;
        }
        catch (Exception unfit) when (unfit is PluginLoadException or BadImageFormatException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
