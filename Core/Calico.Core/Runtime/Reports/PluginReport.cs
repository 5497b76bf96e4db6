namespace Calico.Core.Runtime.Reports;

/// <summary>A plugin asked for.</summary>
/// <param name="Id">Its identity; the folder's name where it could not be read.</param>
/// <param name="Version">Its assembly's version.</param>
/// <param name="State"><c>running</c> or <c>refused</c>.</param>
/// <param name="Reason">Why it was refused.</param>
/// <param name="Folder">Where it comes from.</param>
/// <param name="Description">Its own words.</param>
/// <param name="Stages">Its stages.</param>
/// <param name="Commands">Its commands.</param>
public sealed record PluginReport(
    string Id,
    string? Version,
    string State,
    string? Reason,
    string Folder,
    string Description,
    IReadOnlyList<string> Stages,
    IReadOnlyList<string> Commands)
{
    /// <summary>Its options, and what they are now.</summary>
    public IReadOnlyList<OptionReport> Options { get; init; } = [];
}

/// <summary>An option that a plugin offers.</summary>
/// <param name="Name">As the operator writes it.</param>
/// <param name="Type"><c>number</c>, <c>flag</c>, <c>text</c>, <c>duration</c>, <c>choice</c>, <c>network</c>, or <c>list of …</c>.</param>
/// <param name="Value">What it is now.</param>
/// <param name="Default">Its value where the operator gives none; null where he must give one.</param>
/// <param name="Range">What values it takes; empty for any of its type.</param>
/// <param name="Description">One sentence.</param>
public sealed record OptionReport(string Name, string Type, string Value, string? Default, string Range, string Description);
