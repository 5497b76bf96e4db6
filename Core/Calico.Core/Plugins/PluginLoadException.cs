namespace Calico.Core.Plugins;

/// <summary>
/// A plugin cannot be used. It has no inner exception on purpose: an exception that a plugin threw holds the plugin's
/// types, and the host would keep an unloaded plugin alive with it. What it said is kept as text.
/// </summary>
public sealed class PluginLoadException : Exception
{
    /// <param name="message">What is wrong, where, and what to do.</param>
    /// <param name="detail">The whole text of the plugin's exception, with its stack; empty where there was none.</param>
    public PluginLoadException(string message, string detail = "")
        : base(message) => Detail = detail;

    /// <summary>For those who ask for more than the sentence.</summary>
    public string Detail { get; }

    /// <summary>The plugin's id; null where it was refused before that was known.</summary>
    public string? PluginId { get; internal set; }
}
