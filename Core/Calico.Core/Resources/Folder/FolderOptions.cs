using Calico.Core.Resources.Documents;

namespace Calico.Core.Resources.Folder;

/// <summary>How a folder of resources is read.</summary>
public sealed record FolderOptions
{
    /// <summary>The folder, absolute.</summary>
    public required string Folder { get; init; }

    /// <summary>How long the folder must be quiet after an event before it is read: an editor saves in several steps.</summary>
    public TimeSpan Quiet { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>How long a folder that is never quiet is waited for.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How long a file that looks half-written has to stay as it is before that is taken for its content.</summary>
    public TimeSpan HalfWrittenWait { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How often the folder is looked at without an event: a safety net under the watcher.</summary>
    public TimeSpan Resync { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often the folder is looked at while it cannot be watched, because it does not exist yet or watches have run out.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The largest file that is read.</summary>
    public long MaxFileBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>How many files are read at most.</summary>
    public int MaxFiles { get; init; } = 100_000;

    /// <summary>How deep sub-folders may be nested.</summary>
    public int MaxFolderDepth { get; init; } = 32;

    /// <summary>What one file may unfold to.</summary>
    public DocumentLimits Limits { get; init; } = new();
}
