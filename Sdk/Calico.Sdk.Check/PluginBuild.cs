using Calico.Core.Plugins;

namespace Calico.Sdk.Check;

/// <summary>
/// Does with a plugin that was just built what a host would do, up to the kernel's door.
/// <code>
/// assembly ─► manifest ─► loaded, declared ─► planned ─► rendered ─► compiled
/// </code>
/// </summary>
internal static class PluginBuild
{
    public static async Task CheckAsync(CheckRequest request, BuildMessages messages)
    {
        var files = new AuthorFiles(request);
        if (!ManifestFile.Write(request, files, messages) || !request.Templates)
        {
            return;
        }

        await using PluginSet plugins = await new PluginHost(DetachedHost.Services).LoadAsync(
            new PluginRequest([request.Output]) { Owners = TrustedOwners.Anyone });
        foreach (var refused in plugins.Quarantined)
        {
            // What the plugin itself threw or declared has a stack; what is wrong with its files has none.
            bool declared = refused.Detail.Length > 0;
            messages.Error(declared ? Codes.Declaration : Codes.Load, files.FindInStack(refused.Detail), refused.Reason);
        }

        foreach (LoadedPlugin plugin in plugins.Plugins)
        {
            foreach (var plan in PlanCheck.Run(plugin, files, messages))
            {
                if (RenderCheck.Run(plan, plugin, files, messages) is { Units.Count: > 0 } chains)
                {
                    CompileCheck.Run(chains, request, files, messages);
                }
            }
        }
    }
}
