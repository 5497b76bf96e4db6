using System.Security.Cryptography;
using System.Text;

namespace Calico.Core.Plugins;

/// <summary>Tells two folders apart by all that is in them.</summary>
internal static class FolderDigest
{
    /// <summary>The SHA-256, in lower-case hexadecimal digits, over the names and contents of all files.</summary>
    public static string Of(string folder)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(folder, file))
            .Order(StringComparer.Ordinal))
        {
            using FileStream content = File.OpenRead(Path.Combine(folder, file));
            // Fixed lengths, so that no two trees give one text.
            hash.AppendData(SHA256.HashData(Encoding.UTF8.GetBytes(file)));
            hash.AppendData(SHA256.HashData(content));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
