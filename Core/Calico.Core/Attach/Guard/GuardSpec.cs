using System.Collections.Immutable;
using Calico.Core.Chain.Rendering;
using Calico.Core.Configuration;

namespace Calico.Core.Attach;

/// <summary>The guard as it shall be.</summary>
public sealed record GuardSpec
{
    /// <summary>The instance's name: lower-case letters, digits, <c>-</c>.</summary>
    public required string Instance { get; init; }

    /// <summary>Which interfaces are guarded: <see cref="GuardRule.Of"/>. None means no guard.</summary>
    public required ImmutableArray<GuardRule> Rules { get; init; }

    /// <summary>The bit that a chain sets in the mark of what it let through: <see cref="ChainSettings.MarkSeen"/>.</summary>
    public required uint MarkSeen { get; init; }

    /// <summary>How to drop.</summary>
    public GuardMode Mode { get; init; } = GuardMode.Auto;

    /// <summary>As the configuration asks for it.</summary>
    public static GuardSpec Of(AgentConfiguration configuration, ChainSettings settings)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(settings);
        return new GuardSpec
        {
            Instance = configuration.Instance,
            Rules = GuardRule.Of(configuration.Interfaces),
            MarkSeen = settings.MarkSeen,
            Mode = configuration.Guard,
        };
    }
}
