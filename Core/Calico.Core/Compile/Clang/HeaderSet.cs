using System.Security.Cryptography;
using System.Text;

namespace Calico.Core.Compile;

/// <summary>The headers of a compilation, and the folder named by their content where clang reads them.</summary>
public sealed class HeaderSet
{
    private readonly SortedDictionary<string, VirtualHeader> _headers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _owners = new(StringComparer.Ordinal);

    /// <param name="headers">Two of one path are an error: which of them a program gets must not be chance.</param>
    public HeaderSet(IEnumerable<VirtualHeader> headers)
    {
        ArgumentNullException.ThrowIfNull(headers);
        foreach (var header in headers)
        {
            if (!_headers.TryAdd(header.Path, header))
            {
                throw new ArgumentException(
                    $"two headers are called '{header.Path}': {_headers[header.Path].DisplayPath} and {header.DisplayPath}; rename one of them.",
                    nameof(headers));
            }

            _owners[header.DisplayPath] = header.Owner;
        }

        Hash = ComputeHash();
    }

    /// <summary>The header library that Core carries.</summary>
    public static HeaderSet Core { get; } = new(VirtualHeader.AllOf(EmbeddedTemplates.Core));

    /// <summary>SHA-256 of all paths and texts, in hexadecimal.</summary>
    public string Hash { get; }

    /// <summary>The headers in order of their paths.</summary>
    public IReadOnlyCollection<VirtualHeader> Headers => _headers.Values;

    /// <summary>Who owns a header by its display path, or null.</summary>
    public string? OwnerOf(string displayPath) => _owners.GetValueOrDefault(displayPath);

    /// <summary>A set with more headers.</summary>
    public HeaderSet With(IEnumerable<VirtualHeader> more) => new(_headers.Values.Concat(more));

    /// <summary>Writes the headers under <paramref name="root"/> unless they are there, and returns their folder.</summary>
    /// <remarks>The folder appears by a rename, whole or not at all; what another process has changed in it is written again.</remarks>
    public string Materialize(string root)
    {
        var folder = Path.Combine(root, Hash[..32]);
        if (!IsIntact(folder))
        {
            AtomicFile.ReplaceFolder(folder, _headers.Values.Select(header => (header.Path, Content(header))), () => IsIntact(folder));
        }

        return folder;
    }

    // The display path instead of the cache's: the same object then comes out on every machine.
    private static string Content(VirtualHeader header) =>
        $"#line 1 \"{PositionedText.Escape(header.DisplayPath)}\"\n{header.Text}";

    private bool IsIntact(string folder)
    {
        try
        {
            return _headers.Values.All(header => File.ReadAllText(Path.Combine(folder, header.Path)) == Content(header));
        }
        catch (IOException)
        {
            return false;
        }
    }

    private string ComputeHash()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var header in _headers.Values)
        {
            // Lengths keep two different sets from having one concatenation.
            hash.AppendData(Encoding.UTF8.GetBytes($"{header.Path}\0{header.DisplayPath}\0{header.Text.Length}\0{header.Text}"));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
