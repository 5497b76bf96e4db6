namespace Calico.Core.Runtime;

/// <summary>Writes a small file whole or not at all, whenever the process may be killed.</summary>
internal static class AtomicText
{
    public static void Write(string file, string text)
    {
        var aside = file + ".new";
        using (var stream = new FileStream(aside, FileMode.Create, FileAccess.Write))
        using (var writer = new StreamWriter(stream))
        {
            writer.Write(text);
            writer.Flush();
            stream.Flush(flushToDisk: true);
        }

        File.Move(aside, file, overwrite: true);
    }
}
