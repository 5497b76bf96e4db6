namespace Calico.Core.Compile;

/// <summary>The folder in which one clang runs: the headers, and the templates under the names that <c>#line</c> gives them.</summary>
/// <remarks>
/// clang reads the templates although it compiles something else: for each line of BTF line info it opens the file of
/// that name and copies the line into the object. The verifier prints it, and kernels before 6.10 print nothing else, so
/// without the file a rejection there would have no place at all.
/// </remarks>
internal sealed class CompileWorkspace : IDisposable
{
    /// <summary>Where <c>#include</c> looks, relative to the folder: no path of this machine gets into the object.</summary>
    public const string IncludeFolder = "include";

    /// <summary>What is older was left by a process that was killed: no clang runs that long.</summary>
    private static readonly TimeSpan Stale = TimeSpan.FromHours(1);

    public CompileWorkspace(string root, RenderedSource source, HeaderSet headers)
    {
        Folder = Path.Combine(root, $"{Environment.ProcessId}.{Guid.NewGuid():N}");
        Directory.CreateDirectory(Folder);
        foreach (var header in headers.Headers)
        {
            Write(
                Path.Combine(IncludeFolder, header.Path),
                $"#line 1 \"{PositionedText.Escape(header.DisplayPath)}\"\n{header.Text}");
            Write(header.DisplayPath, header.Text);
        }

        foreach (var (path, template) in source.Files)
        {
            Write(path, template.Text);
        }
    }

    public string Folder { get; }

    /// <summary>Makes the root, without what crashed processes left in it.</summary>
    public static string ClearedRoot(string root)
    {
        Directory.CreateDirectory(root);
        foreach (var folder in Directory.EnumerateDirectories(root))
        {
            if (DateTime.UtcNow - Directory.GetLastWriteTimeUtc(folder) > Stale)
            {
                Delete(folder);
            }
        }

        return root;
    }

    public void Dispose() => Delete(Folder);

    private static void Delete(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // Another process cleared it.
        }
    }

    private void Write(string path, string text)
    {
        var full = Path.GetFullPath(Path.Combine(Folder, path));
        // An absolute name is a file that is on the disk already.
        if (full.StartsWith(Folder + "/", StringComparison.Ordinal))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            File.WriteAllText(full, text);
        }
    }
}
