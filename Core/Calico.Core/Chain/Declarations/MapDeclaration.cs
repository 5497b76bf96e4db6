using Calico.Sdk;

namespace Calico.Core.Chain.Declarations;

/// <summary>One map as its plugin asked for it.</summary>
public sealed record MapDeclaration(string PluginId, string Name, MapKind Kind, Type Key, Type Value, uint MaxEntries)
{
    /// <summary>Memory is taken entry by entry.</summary>
    public bool NoPreallocation { get; init; }

    /// <summary>What the map is called in C and in bpffs: unique among all plugins.</summary>
    public string CName => $"{PluginId.Replace('-', '_')}_{Name}";
}
