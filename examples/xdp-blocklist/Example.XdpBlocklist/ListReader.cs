using System.Diagnostics.CodeAnalysis;
using System.Net;
using Calico.Sdk.Net;

namespace Example.XdpBlocklist;

/// <summary>A line that could not be read.</summary>
internal sealed record BadLine(long Line, string Text, string Reason);

/// <summary>Reads the list line by line, so that its size does not matter, and goes on behind a line that it cannot read.</summary>
internal sealed class ListReader
{
    private const int MostKept = 100;
    private const int LongestShown = 60;
    private readonly List<BadLine> _bad = [];

    /// <summary>The first bad lines.</summary>
    public IReadOnlyList<BadLine> Bad => _bad;

    /// <summary>How many bad lines there were.</summary>
    public long BadCount { get; private set; }

    /// <summary>The networks in the order of the lines.</summary>
    public IEnumerable<IpNetwork> Read(TextReader list)
    {
        long number = 0;
        while (list.ReadLine() is { } line)
        {
            number++;
            int comment = line.IndexOf('#', StringComparison.Ordinal);
            string text = (comment < 0 ? line : line[..comment]).Trim();
            if (text.Length == 0)
            {
                continue;
            }

            if (TryRead(text, out IpNetwork network, out string? reason))
            {
                yield return network;
            }
            else
            {
                BadCount++;
                if (_bad.Count < MostKept)
                {
                    _bad.Add(new BadLine(number, text.Length > LongestShown ? text[..LongestShown] + "…" : text, reason));
                }
            }
        }
    }

    private static bool TryRead(string text, out IpNetwork network, [NotNullWhen(false)] out string? reason)
    {
        if (text.Contains('/', StringComparison.Ordinal))
        {
            return IpNetwork.TryParse(text, out network, out reason);
        }

        if (IpText.TryParse(text, out IPAddress? address, out reason))
        {
            network = new IpNetwork(address, address.GetAddressBytes().Length * 8);
            return true;
        }

        network = default;
        return false;
    }
}
