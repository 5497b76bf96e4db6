namespace Calico.Core.Plugins;

/// <summary>How much a package may hold: what a few bytes of a zip unpack to has no bound of its own.</summary>
public sealed record PackageLimits
{
    /// <summary>Files.</summary>
    public int MaxFiles { get; init; } = 5_000;

    /// <summary>Bytes, unpacked, all files together.</summary>
    public long MaxBytes { get; init; } = 512L * 1024 * 1024;
}
