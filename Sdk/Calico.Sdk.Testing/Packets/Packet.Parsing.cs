namespace Calico.Sdk.Testing;

/// <content>From bytes, hexadecimal text and capture files.</content>
public sealed partial class Packet
{
    /// <summary>Reads a frame. Whatever is not understood becomes payload: the packet always has the very same bytes.</summary>
    /// <param name="frame">From the Ethernet header on.</param>
    public static Packet FromBytes(ReadOnlySpan<byte> frame)
    {
        var bytes = frame.ToArray();
        return Parsed(PacketParser.ParseFrame(bytes, out var behind), behind);
    }

    /// <summary>Reads an IP packet that has no Ethernet header; sending it adds one.</summary>
    /// <param name="packet">From the IP header on.</param>
    public static Packet FromNetworkBytes(ReadOnlySpan<byte> packet) => Parsed(PacketParser.ParseNetwork(packet.ToArray(), out var behind), behind);

    /// <summary>Reads a frame from hexadecimal digits; blanks, line breaks, colons and hyphens are passed over.</summary>
    /// <param name="text">From the Ethernet header on.</param>
    /// <exception cref="FormatException">Something else is in the text, or a digit is missing.</exception>
    public static Packet FromHex(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return FromBytes(Convert.FromHexString(string.Concat(text.Where(letter => !char.IsWhiteSpace(letter) && letter is not (':' or '-')))));
    }

    /// <summary>Reads all packets of a capture file: pcap or pcapng, captured on Ethernet or as raw IP.</summary>
    /// <param name="path">The file, such as <c>tcpdump -i eth0 -w FILE</c> writes it.</param>
    /// <exception cref="FormatException">It is no such file, or it is damaged.</exception>
    /// <exception cref="IOException">It can't be read.</exception>
    public static IReadOnlyList<Packet> FromCapture(string path) => CaptureFile.Read(File.ReadAllBytes(path), path);

    /// <summary>The frame as hexadecimal digits, 16 bytes a line.</summary>
    public string ToHex() => string.Join('\n', ToBytes().Chunk(16).Select(line => string.Join(' ', line.Select(value => value.ToString("x2", null)))));

    private static Packet Parsed(IReadOnlyList<Layer> layers, byte[] behind) =>
        behind.Length == 0 ? new Packet(layers, []) : new Packet(layers, [frame => [.. frame, .. behind]]);
}
