using System.Collections.Immutable;

namespace Calico.Core.Plugins;

/// <summary>
/// What <c>calico-plugin.json</c> says about a plugin: written by its build, read before any of its code runs. Its format
/// is described in docs/reference/plugin-package.md.
/// </summary>
public sealed record PluginManifest
{
    /// <summary>The file's name in a plugin's folder.</summary>
    public const string FileName = "calico-plugin.json";

    /// <summary>The schema that this host reads.</summary>
    public const int CurrentSchema = 1;

    /// <summary>The plugin's identity.</summary>
    public required string Id { get; init; }

    /// <summary>The version of its package.</summary>
    public required string Version { get; init; }

    /// <summary>The file name of the assembly that holds its entry class.</summary>
    public required string EntryAssembly { get; init; }

    /// <summary>One sentence; empty where the plugin has none.</summary>
    public string Description { get; init; } = "";

    /// <summary>The release of Calico.Sdk that built it; null where the file does not say.</summary>
    public string? Sdk { get; init; }

    /// <summary>The contract assemblies that it was built against: name to <c>MAJOR.MINOR</c>.</summary>
    public required ImmutableSortedDictionary<string, Version> Contract { get; init; }

    /// <summary>Other assemblies that the host provides, and the versions that the plugin was built against.</summary>
    public ImmutableSortedDictionary<string, string> Shared { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>The framework that it was built for, such as <c>net10.0</c>; null where the file does not say.</summary>
    public string? Framework { get; init; }
}
