namespace Calico.Core.Plugins;

/// <summary>A configured plugin that does not run, and why. All of it is text: nothing of the plugin stays loaded.</summary>
/// <param name="Folder">The folder as it was configured.</param>
/// <param name="Id">Its identity; null where it was refused before that was known.</param>
/// <param name="Reason">What is wrong, and what to do.</param>
/// <param name="Detail">The plugin's exception with its stack; empty where there was none.</param>
public sealed record QuarantinedPlugin(string Folder, string? Id, string Reason, string Detail = "");
