namespace Calico.Core.Plugins;

/// <summary>
/// A command could not be run, or failed. The message is for the person who ran it. No inner exception, for the reason
/// given at <see cref="PluginLoadException"/>.
/// </summary>
public sealed class PluginCommandException : Exception
{
    /// <param name="message">What is wrong.</param>
    /// <param name="detail">The plugin's exception with its stack, for the log; empty where the input was wrong.</param>
    public PluginCommandException(string message, string detail = "")
        : base(message) => Detail = detail;

    /// <summary>For those who ask for more than the sentence.</summary>
    public string Detail { get; }

    /// <summary>True: the options were wrong; false: the plugin failed.</summary>
    public bool IsInputError => Detail.Length == 0;
}
