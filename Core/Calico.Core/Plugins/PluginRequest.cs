using Calico.Sdk.Resources;

namespace Calico.Core.Plugins;

/// <summary>The plugins that the operator wants.</summary>
/// <param name="Folders">Absolute paths, one plugin each, in the order in which they are loaded.</param>
public sealed record PluginRequest(IReadOnlyList<string> Folders)
{
    /// <summary>Plugin id to its options, as they were written; see <see cref="OptionText"/> for those that were not.</summary>
    public IReadOnlyDictionary<string, MappingNode> Options { get; init; } = new Dictionary<string, MappingNode>();

    /// <summary>By folder, the SHA-256 (lower-case hexadecimal) that its entry assembly must have; where there is none, any goes.</summary>
    public IReadOnlyDictionary<string, string> Digests { get; init; } = new Dictionary<string, string>();

    /// <summary>The operator's options by folder, for those that have none by id: a configuration names folders.</summary>
    public IReadOnlyDictionary<string, MappingNode> OptionsByFolder { get; init; } = new Dictionary<string, MappingNode>();

    /// <summary>Plugins that are wanted and that nobody could find, and why: they are reported with those that cannot be loaded.</summary>
    public IReadOnlyList<QuarantinedPlugin> Absent { get; init; } = [];

    /// <summary>Whose files are trusted.</summary>
    public TrustedOwners Owners { get; init; } = TrustedOwners.OfThisProcess();

    /// <summary>
    /// How long a plugin may take to declare itself, and to stop. Its code runs on our threads: without a limit one that
    /// hangs would stop the good ones.
    /// </summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(10);
}
