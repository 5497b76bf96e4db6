namespace Calico.Core.Compile;

/// <summary>Files that are seen whole or not at all, whenever the process or the machine stops.</summary>
internal static class AtomicFile
{
    /// <summary>Writes aside, flushes to the disk, renames.</summary>
    public static void Write(string path, params ReadOnlySpan<byte[]> parts)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var aside = Aside(path);
        try
        {
            using (var stream = new FileStream(aside, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                foreach (var part in parts)
                {
                    stream.Write(part);
                }

                stream.Flush(flushToDisk: true);
            }

            File.Move(aside, path, overwrite: true);
        }
        catch
        {
            File.Delete(aside);
            throw;
        }
    }

    /// <summary>Writes a folder aside and renames it into place.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="files">Its files.</param>
    /// <param name="isIntact">Whether the folder that is in its place already is as it should be: another process may be reading it.</param>
    public static void ReplaceFolder(string folder, IEnumerable<(string Path, string Text)> files, Func<bool> isIntact)
    {
        var aside = Aside(folder);
        Directory.CreateDirectory(aside);
        try
        {
            foreach (var (path, text) in files)
            {
                Write(Path.Combine(aside, path), System.Text.Encoding.UTF8.GetBytes(text));
            }

            for (var attempt = 0; ; attempt++)
            {
                try
                {
                    Directory.Move(aside, folder);
                    return;
                }
                catch (IOException) when (Directory.Exists(folder) && attempt < 8)
                {
                    if (isIntact())
                    {
                        return;
                    }

                    MoveAway(folder);
                }
            }
        }
        finally
        {
            if (Directory.Exists(aside))
            {
                Directory.Delete(aside, recursive: true);
            }
        }
    }

    private static void MoveAway(string folder)
    {
        var old = Aside(folder);
        try
        {
            Directory.Move(folder, old);
            Directory.Delete(old, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // Another process moved it first.
        }
    }

    private static string Aside(string path) => $"{path}.{Environment.ProcessId}.{Guid.NewGuid():N}.tmp";
}
