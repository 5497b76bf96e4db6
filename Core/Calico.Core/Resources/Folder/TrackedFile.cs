using Calico.Sdk.Resources;

namespace Calico.Core.Resources.Folder;

/// <summary>What was last said of a file, and what is not said yet because the file looks half-written.</summary>
/// <remarks>
/// <code>
///   changed ──read──► sound ─────────────────────────────────────► reported
///                └──► looks half-written ──stays so for 500 ms──► reported
///                            └──changes again──► read
/// </code>
/// </remarks>
internal sealed class TrackedFile(string path)
{
    private FileStamp _stamp;
    private FileContent? _reported;
    private FileContent? _doubtful;
    private TimeSpan _doubtfulSince;

    /// <summary>When the file wants to be looked at again; null if an event will tell.</summary>
    public TimeSpan? LookAgain(FolderOptions options) => _doubtful is null ? null : _doubtfulSince + options.HalfWrittenWait;

    /// <summary>Looks at the file as a scan found it.</summary>
    /// <param name="file">What the scan found.</param>
    /// <param name="isTouched">Whether an event named it, so that it is read even if it looks the same.</param>
    /// <param name="now">The time.</param>
    /// <param name="options">How the folder is read.</param>
    /// <returns>What to report; null if nothing is new or certain.</returns>
    public OriginChange? Look(ScannedFile file, bool isTouched, TimeSpan now, FolderOptions options)
    {
        bool isNew = _reported is null && _doubtful is null;
        if (isNew || isTouched || file.Stamp != _stamp || file.Problem is not null)
        {
            _stamp = file.Stamp;
            FileContent content = FileContent.Read(file, options);
            if (content.Digest == _reported?.Digest)
            {
                _doubtful = null;
                return null;
            }

            if (!LooksHalfWritten(content))
            {
                return Report(content);
            }

            if (content.Digest != _doubtful?.Digest)
            {
                _doubtful = content;
                _doubtfulSince = now;
            }
        }

        return _doubtful is not null && now - _doubtfulSince >= options.HalfWrittenWait ? Report(_doubtful) : null;
    }

    /// <summary>
    /// Whether a writer may be in the middle of it: it makes no sense, lost documents, or ends in the middle of a line. Sound files that
    /// look so are merely reported half a second later.
    /// </summary>
    private bool LooksHalfWritten(FileContent content) =>
        content.Problem is not null
        || !content.EndsInLine
        || (_reported is not null && content.Documents.Length < _reported.Documents.Length);

    private OriginChange Report(FileContent content)
    {
        _doubtful = null;
        // After a problem the number of documents that the file had is still the number to compare with.
        _reported = content.Problem is null ? content : content with { Documents = _reported?.Documents ?? [] };
        return content.Problem is null ? new OriginRead(path, content.Documents) : new OriginUnreadable(path, content.Problem);
    }
}
