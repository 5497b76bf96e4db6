using Calico.Core.Plugins.Linking;

namespace Calico.Core.Plugins.Development;

/// <summary>
/// The build folder of one plugin, and the copies of it: a host never loads from the folder that a build writes.
/// Not thread-safe.
/// </summary>
/// <param name="source">The build folder, absolute.</param>
/// <param name="copies">Where copies are put, as <c>ID/NUMBER</c>.</param>
internal sealed class DevelopmentFolder(string source, string copies)
{
    private string? _seen;
    private string? _tried;
    private bool _hadManifest;
    private int _lastNumber;

    public string Source => source;

    /// <summary>The copy that is in force; null before there is one.</summary>
    public string? InForce { get; private set; }

    /// <summary>Why what is there now cannot be loaded yet; null where it can.</summary>
    public string? Unfit { get; private set; }

    /// <summary>Copies the build if it is another one than the last that was copied, whole, and the same as at the last look.</summary>
    /// <param name="isSettled">True: it need not have been looked at before.</param>
    /// <returns>The copy, to be told to <see cref="Accept"/> or <see cref="Refuse"/>; null where there is nothing new.</returns>
    public string? Look(bool isSettled = false)
    {
        try
        {
            string stamp = Stamp();
            if (stamp == _tried)
            {
                return null;
            }

            if (stamp != _seen && !isSettled)
            {
                _seen = stamp;
                return null;
            }

            _seen = stamp;
            string id = CheckWhole();
            string copy = Copy(id);
            if (Stamp() != stamp)
            {
                // It was written meanwhile.
                Directory.Delete(copy, recursive: true);
                return null;
            }

            (Unfit, _tried) = (null, stamp);
            return copy;
        }
        catch (Exception unfit) when (unfit is PluginLoadException or BadImageFormatException or IOException or UnauthorizedAccessException)
        {
            Unfit = unfit.Message;
            return null;
        }
    }

    /// <summary>The copy is in force; the one before it goes.</summary>
    public void Accept(string copy)
    {
        string? former = InForce;
        InForce = copy;
        Remove(former);
    }

    /// <summary>The one before it stays in force.</summary>
    public static void Refuse(string copy) => Remove(copy);

    private static void Remove(string? copy)
    {
        if (copy is not null && Directory.Exists(copy))
        {
            Directory.Delete(copy, recursive: true);
        }
    }

    // Names, sizes and times: what a build changes, without reading it.
    private string Stamp() => string.Join('\n', new DirectoryInfo(source).EnumerateFiles("*", SearchOption.AllDirectories)
        .Select(file => $"{file.FullName} {file.Length} {file.LastWriteTimeUtc.Ticks}")
        .Order(StringComparer.Ordinal));

    /// <returns>The plugin's id.</returns>
    private string CheckWhole()
    {
        // The same checks as of any plugin: the copy is root's, whoever owns the build.
        PluginFolder found = PluginFolder.Open(source, TrustedOwners.OfThisProcess());
        using PluginImages images = PluginImages.Open(found);
        if (found.Manifest is null && _hadManifest)
        {
            throw new PluginLoadException($"{found.ManifestFile} is gone: a build that wrote it before has not yet written it again.");
        }

        _hadManifest |= found.Manifest is not null;
        return PluginIdentity.Of(images.Entry).Id is { } id && !id.Contains('/', StringComparison.Ordinal) && !id.StartsWith('.')
            ? id
            : Path.GetFileNameWithoutExtension(found.EntryAssembly);
    }

    private string Copy(string id)
    {
        string ofPlugin = Path.Combine(copies, id);
        Directory.CreateDirectory(ofPlugin);
        int last = Directory.EnumerateDirectories(ofPlugin).Select(folder => int.TryParse(Path.GetFileName(folder), out int number) ? number : 0)
            .Append(_lastNumber).Max();
        _lastNumber = last + 1;
        string copy = Path.Combine(ofPlugin, $"{_lastNumber}");
        Directory.CreateDirectory(copy);
        try
        {
            foreach (string file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
            {
                string target = Path.Combine(copy, Path.GetRelativePath(source, file));
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                File.Copy(file, target);
            }

            return copy;
        }
        catch
        {
            Directory.Delete(copy, recursive: true);
            throw;
        }
    }
}
