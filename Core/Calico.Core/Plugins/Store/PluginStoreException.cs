namespace Calico.Core.Plugins;

/// <summary>The store cannot do what was asked; the message says what happened, where, and what to do.</summary>
public sealed class PluginStoreException(string message) : Exception(message);
