namespace Calico.Sdk;

/// <content>What the operator may set.</content>
public partial interface IPluginBuilder
{
    /// <summary>The operator's options for this plugin; empty where none were given.</summary>
    IReadOnlyDictionary<string, string> Options { get; }
}
