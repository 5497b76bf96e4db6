namespace Calico.Core.Chain;

/// <summary>A claimed field with its place. Between two fields there may be unused bytes.</summary>
/// <param name="PluginId">Who claimed it.</param>
/// <param name="Name">Its name in that plugin.</param>
/// <param name="CName">Its name in C.</param>
/// <param name="Type">Its layout.</param>
/// <param name="Offset">Bytes from the start of all plugins' fields; a multiple of the alignment.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Alignment">Its natural alignment in C.</param>
public sealed record PlannedField(string PluginId, string Name, string CName, Type Type, int Offset, int Size, int Alignment)
{
    /// <summary>The offset of the first byte after it.</summary>
    public int End => Offset + Size;
}
