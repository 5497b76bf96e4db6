namespace Calico.Core.Plugins;

/// <summary>A version of a plugin in the store.</summary>
/// <param name="Id">The plugin.</param>
/// <param name="Version">Its version.</param>
/// <param name="Folder">Where it is.</param>
/// <param name="IsActive">Whether it is the version that a configuration gets which names the plugin without a version.</param>
/// <param name="Description">Its own sentence; empty where it has none.</param>
public sealed record StoredPlugin(string Id, string Version, string Folder, bool IsActive, string Description);

/// <summary>What installing did.</summary>
/// <param name="Plugin">The plugin, in the store now.</param>
/// <param name="IsNew">False: the same version with the same content was there already.</param>
public sealed record PluginInstallation(StoredPlugin Plugin, bool IsNew);
