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

    private static string Aside(string path) => $"{path}.{Environment.ProcessId}.{Guid.NewGuid():N}.tmp";
}
