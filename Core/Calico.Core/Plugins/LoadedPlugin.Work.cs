using Calico.Sdk.Resources;

namespace Calico.Core.Plugins;

/// <content>Resources, and what runs beside the chain.</content>
public sealed partial class LoadedPlugin
{
    /// <summary>The kinds of resources that it brings; none after it was stopped.</summary>
    public IReadOnlyList<ResourceKind> Kinds { get; private set; }

    /// <summary>What it does in the background; nothing after it was stopped.</summary>
    internal PluginWork Work { get; private set; }

    /// <summary>Its routes of the API, most exact first; none after it was stopped.</summary>
    public IReadOnlyList<PluginRoute> Routes { get; private set; }

    private void ForgetWork()
    {
        Routes = [];
        Kinds = [];
        Work = PluginWork.None;
    }
}
