using System.Buffers.Binary;

namespace Calico.Sdk.Testing;

/// <summary>Reads capture files: classic pcap and pcapng, of either byte order. Pure; any thread.</summary>
internal static class CaptureFile
{
    private const int Ethernet = 1, RawIP = 101, RawIPOfBsd = 12, RawIPv4 = 228, RawIPv6 = 229;
    private const int FileHeader = 24, RecordHeader = 16;
    private const uint SectionHeader = 0x0a0d0d0a, InterfaceDescription = 1, ObsoletePacket = 2, SimplePacket = 3, EnhancedPacket = 6;

    public static IReadOnlyList<Packet> Read(byte[] file, string name)
    {
        if (file.Length >= FileHeader && ByteOrderOf(file) is { } order)
        {
            return Classic(file, order, name);
        }

        return file.Length >= 12 && BinaryPrimitives.ReadUInt32BigEndian(file) == SectionHeader
            ? NextGeneration(file, name)
            : throw new FormatException($"{name} is neither a pcap nor a pcapng file.");
    }

    /// <summary>Whether words are big-endian; null where it is no classic pcap file. The magic number also tells the unit of time.</summary>
    private static bool? ByteOrderOf(byte[] file) => BinaryPrimitives.ReadUInt32BigEndian(file) switch
    {
        0xa1b2c3d4 or 0xa1b23c4d => true,
        0xd4c3b2a1 or 0x4d3cb2a1 => false,
        _ => null,
    };

    private static List<Packet> Classic(byte[] file, bool bigEndian, string name)
    {
        // The upper bits tell of a frame check sequence.
        var link = (int)(Word(file, 20, bigEndian) & 0x0fff_ffff);
        List<Packet> packets = [];
        for (var at = FileHeader; at < file.Length;)
        {
            var length = Remaining(file, at, RecordHeader, name) ? (int)Word(file, at + 8, bigEndian) : 0;
            packets.Add(Make(Slice(file, at + RecordHeader, length, name), link, name));
            at += RecordHeader + length;
        }

        return packets;
    }

    private static List<Packet> NextGeneration(byte[] file, string name)
    {
        List<Packet> packets = [];
        List<int> links = [];
        var bigEndian = false;
        for (var at = 0; at < file.Length;)
        {
            Remaining(file, at, 12, name);
            if (BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at)) == SectionHeader)
            {
                bigEndian = BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at + 8)) == 0x1a2b3c4d;
                links.Clear();
            }

            var length = (int)Word(file, at + 4, bigEndian);
            if (length < 12 || length % 4 != 0)
            {
                throw Damaged(name, at);
            }

            // The length stands at the end, too.
            Remaining(file, at, length, name);
            var body = Slice(file, at + 8, length - 12, name);
            switch (Word(file, at, bigEndian))
            {
                case InterfaceDescription when body.Length >= 8:
                    links.Add(Half(body, 0, bigEndian));
                    break;
                case EnhancedPacket when body.Length >= 20:
                    packets.Add(Make(Slice(body, 20, (int)Word(body, 12, bigEndian), name), LinkOf(links, (int)Word(body, 0, bigEndian), name), name));
                    break;
                case SimplePacket when body.Length >= 4:
                    packets.Add(Make(Slice(body, 4, (int)Math.Min(Word(body, 0, bigEndian), (uint)(body.Length - 4)), name), LinkOf(links, 0, name), name));
                    break;
                case ObsoletePacket when body.Length >= 20:
                    packets.Add(Make(Slice(body, 20, (int)Word(body, 12, bigEndian), name), LinkOf(links, Half(body, 0, bigEndian), name), name));
                    break;
            }

            at += length;
        }

        return packets;
    }

    private static Packet Make(byte[] bytes, int link, string name) => link switch
    {
        Ethernet => Packet.FromBytes(bytes),
        RawIP or RawIPOfBsd or RawIPv4 or RawIPv6 => Packet.FromNetworkBytes(bytes),
        _ => throw new FormatException($"{name} was captured on a link of type {link}; only Ethernet (1) and raw IP (101) are understood. Capture on an Ethernet interface instead of \"any\"."),
    };

    private static int LinkOf(List<int> links, int index, string name) =>
        index >= 0 && index < links.Count ? links[index] : throw new FormatException($"{name} has a packet of interface {index}, which it does not describe.");

    private static byte[] Slice(byte[] bytes, int start, int length, string name) =>
        length >= 0 && start <= bytes.Length - length ? bytes[start..(start + length)] : throw Damaged(name, start);

    private static bool Remaining(byte[] file, int at, int length, string name) => at <= file.Length - length ? true : throw Damaged(name, at);

    private static FormatException Damaged(string name, int at) => new($"{name} is damaged or cut off at byte {at}.");

    private static uint Word(byte[] bytes, int at, bool bigEndian) =>
        bigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(at)) : BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at));

    private static ushort Half(byte[] bytes, int at, bool bigEndian) =>
        bigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(at)) : BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(at));
}
