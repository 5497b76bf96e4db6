namespace Calico.Sdk;

/// <content>What the operator may set.</content>
public partial interface IPluginBuilder
{
    /// <summary>The operator's options for this plugin: each call declares one and returns its value.</summary>
    IPluginOptions Options { get; }
}
