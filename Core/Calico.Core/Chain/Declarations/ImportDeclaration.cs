namespace Calico.Core.Chain.Declarations;

/// <summary>A map or flow field of another plugin that a plugin uses.</summary>
/// <param name="PluginId">The plugin that exports it.</param>
/// <param name="Name">Its name there.</param>
/// <param name="Key">A map's key as the importing plugin has it; null for a flow field.</param>
/// <param name="Value">A map's value or the flow field, as the importing plugin has it.</param>
/// <param name="IsOptional">The importing plugin works without it.</param>
public sealed record ImportDeclaration(string PluginId, string Name, Type? Key, Type Value, bool IsOptional)
{
    public bool IsMap => Key is not null;

    /// <summary>What it is called in C.</summary>
    public string CName => $"{PluginId.Replace('-', '_')}_{Name}";

    /// <summary>How a sentence calls it.</summary>
    public string What => IsMap ? "map" : "flow field";
}
