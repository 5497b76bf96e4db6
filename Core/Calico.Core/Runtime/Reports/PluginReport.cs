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
    IReadOnlyList<string> Commands);
