using System.Runtime.InteropServices;

namespace Calico.Core.Resources.Folder;

/// <summary>A file that a scan found.</summary>
/// <param name="Path">Where.</param>
/// <param name="Stamp">What it looked like.</param>
/// <param name="Problem">Why it cannot be read, as the end of a sentence; null if it can be tried.</param>
internal sealed record ScannedFile(string Path, FileStamp Stamp, string? Problem);

/// <summary>What a folder and its sub-folders hold at a moment.</summary>
/// <remarks>
/// Names that start with a dot are left out: editors' temporary files, and the versions that Kubernetes keeps of a mounted ConfigMap (its
/// visible files are links into them, and links to files are followed). Links to folders are not: they can loop, and are not watched.
/// </remarks>
internal sealed class FolderScan
{
    private const int ENOENT = 2;
    private const int ELOOP = 40;
    private readonly FolderOptions _options;
    private readonly List<ScannedFile> _files = [];
    private readonly List<string> _unreadableFolders = [];
    private bool _isFull;

    private FolderScan(FolderOptions options) => _options = options;

    /// <summary>The files, in the order of their paths.</summary>
    public IReadOnlyList<ScannedFile> Files => _files;

    public static FolderScan Take(FolderOptions options)
    {
        var scan = new FolderScan(options);
        if (!FileStamp.TryTake(options.Folder, followLinks: true, out FileStamp root, out int error))
        {
            scan.AddUnreadable(options.Folder, error == ENOENT ? "does not exist; create it, or name another folder under 'resources' in the configuration" : Describe(error));
        }
        else if (root.Type != FileType.Folder)
        {
            scan.AddUnreadable(options.Folder, "is not a folder; name a folder under 'resources' in the configuration");
        }
        else
        {
            scan.Visit(options.Folder, depth: 0);
        }

        return scan;
    }

    /// <summary>Whether a file that was not found may be there all the same, because its folder could not be read.</summary>
    public bool MayHide(string path) =>
        _isFull || _unreadableFolders.Exists(folder => path.Length > folder.Length && path[folder.Length] == '/' && path.StartsWith(folder, StringComparison.Ordinal));

    private void Visit(string folder, int depth)
    {
        if (depth > _options.MaxFolderDepth)
        {
            AddUnreadable(folder, $"is nested deeper than {_options.MaxFolderDepth} folders");
            return;
        }

        string[] entries;
        try
        {
            entries = Directory.GetFileSystemEntries(folder);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            AddUnreadable(folder, $"cannot be listed: {error.Message}");
            return;
        }

        Array.Sort(entries, StringComparer.Ordinal);
        foreach (string path in entries)
        {
            if (!Path.GetFileName(path.AsSpan()).StartsWith('.'))
            {
                VisitEntry(path, depth);
            }
        }
    }

    private void VisitEntry(string path, int depth)
    {
        // An entry that went away since the folder was listed is simply not there.
        if (!FileStamp.TryTake(path, followLinks: false, out FileStamp stamp, out _))
        {
            return;
        }

        switch (stamp.Type)
        {
            case FileType.Folder:
                Visit(path, depth + 1);
                break;
            case FileType.Link:
                VisitLink(path, stamp);
                break;
            case FileType.Regular when IsYaml(path):
                Add(new ScannedFile(path, stamp, null));
                break;
            case FileType.Other when IsYaml(path):
                Add(new ScannedFile(path, stamp, "is a pipe, socket or device, not a file"));
                break;
        }
    }

    private void VisitLink(string path, FileStamp link)
    {
        if (!FileStamp.TryTake(path, followLinks: true, out FileStamp target, out int error))
        {
            if (IsYaml(path) || error == ELOOP)
            {
                Add(new ScannedFile(path, link, error == ELOOP ? "is a symbolic link that leads back to itself"
                    : error == ENOENT ? "is a symbolic link to nothing" : Describe(error)));
            }
        }
        else if (target.Type == FileType.Folder)
        {
            Add(new ScannedFile(path, link, "is a symbolic link to a folder, which is not followed; put the files here, or link each of them"));
        }
        else if (IsYaml(path))
        {
            Add(new ScannedFile(path, target, target.Type == FileType.Regular ? null : "is a link to a pipe, socket or device, not to a file"));
        }
    }

    private void Add(ScannedFile file)
    {
        if (_files.Count < _options.MaxFiles)
        {
            _files.Add(file);
        }
        else if (!_isFull)
        {
            _isFull = true;
            _files.Add(new ScannedFile(_options.Folder, default, $"holds more than {_options.MaxFiles} files; the rest are not read"));
        }
    }

    private void AddUnreadable(string folder, string problem)
    {
        _unreadableFolders.Add(folder);
        Add(new ScannedFile(folder, default, problem));
    }

    private static bool IsYaml(string path) =>
        path.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".yml", StringComparison.OrdinalIgnoreCase);

    private static string Describe(int error) => $"cannot be looked at: {Marshal.GetPInvokeErrorMessage(error)}";
}
