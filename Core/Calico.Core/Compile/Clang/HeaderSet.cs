using System.Security.Cryptography;
using System.Text;

namespace Calico.Core.Compile;

/// <summary>The headers that a compilation can include.</summary>
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
