using System.Security.Cryptography;

namespace Calico.Core.Compile;

/// <summary>Compiled objects by the hash of what went into them. Safe for concurrent use by threads and processes.</summary>
/// <remarks>
/// A file is the ELF followed by its SHA-256 and a mark: tools that read ELF overlook what comes behind it, and a torn or
/// altered file is found out, and compiled again, before the kernel sees it.
/// </remarks>
public sealed class ObjectCache(string directory)
{
    private static readonly byte[] Mark = "CALICOB1"u8.ToArray();

    /// <summary>Where the objects are.</summary>
    public string Directory { get; } = Path.GetFullPath(directory);

    /// <summary>The object of this key, or null if there is none that is intact.</summary>
    public byte[]? Find(string key)
    {
        byte[] content;
        try
        {
            content = File.ReadAllBytes(PathOf(key));
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }

        var length = content.Length - SHA256.HashSizeInBytes - Mark.Length;
        if (length <= 0 || !content.AsSpan(^Mark.Length..).SequenceEqual(Mark))
        {
            return null;
        }

        var elf = content[..length];
        return SHA256.HashData(elf).AsSpan().SequenceEqual(content.AsSpan(length, SHA256.HashSizeInBytes)) ? elf : null;
    }

    /// <summary>Keeps an object; it is there after a crash, whole, or not at all.</summary>
    public void Store(string key, byte[] elf) => AtomicFile.Write(PathOf(key), elf, SHA256.HashData(elf), Mark);

    // Two letters of the hash as a folder: no folder grows without bound.
    internal string PathOf(string key) => Path.Combine(Directory, key[..2], key + ".o");
}
