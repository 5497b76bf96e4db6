namespace Calico.Core.Chain.Declarations;

/// <summary>A claimed field, of the flow or of the packet's metadata.</summary>
public sealed record FieldDeclaration(string PluginId, string Name, Type Type, int Size)
{
    /// <summary>The plugin's decoder that knows names for its values; null where it holds no id.</summary>
    public string? Decoder { get; init; }

    /// <summary>What the field is called in C: unique among all plugins.</summary>
    public string CName => $"{PluginId.Replace('-', '_')}_{Name}";
}
