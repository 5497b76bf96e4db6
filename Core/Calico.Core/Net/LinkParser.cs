using System.Runtime.InteropServices;

namespace Calico.Core.Net;

internal static class LinkParser
{
    private const ushort ArphrdEther = 1;
    private const ushort ArphrdLoopback = 772;
    private const uint IffUp = 0x1;
    private const uint IffLoopback = 0x8;
    private const uint IffRunning = 0x40;

    /// <summary>
    /// Null for what is not about the link itself: a bridge reports its ports with messages of family AF_BRIDGE, and
    /// its "link deleted" means that a port was released.
    /// </summary>
    internal static LinkInfo? Parse(ReadOnlySpan<byte> payload)
    {
        if (payload.Length < HeaderSize.Link || payload[0] != Family.Unspecified)
        {
            return null;
        }

        var hardware = MemoryMarshal.Read<ushort>(payload[2..]);
        var flags = MemoryMarshal.Read<uint>(payload[8..]);
        string name = string.Empty, kind = string.Empty;
        var mac = default(MacAddress);
        var mtu = 0;
        int? peer = null, peerNetns = null, master = null;
        foreach (var attribute in new NetlinkAttributes(payload[HeaderSize.Link..]))
        {
            switch (attribute.Type)
            {
                case LinkAttribute.Name:
                    name = attribute.AsText;
                    break;
                case LinkAttribute.Address when attribute.Value.Length == MacAddress.Length:
                    mac = new MacAddress(attribute.Value);
                    break;
                case LinkAttribute.Mtu:
                    mtu = attribute.AsInt32;
                    break;
                case LinkAttribute.Link when attribute.AsInt32 != 0:
                    peer = attribute.AsInt32;
                    break;
                case LinkAttribute.LinkNetnsId when attribute.AsInt32 >= 0:
                    peerNetns = attribute.AsInt32;
                    break;
                case LinkAttribute.Master when attribute.AsInt32 != 0:
                    master = attribute.AsInt32;
                    break;
                case LinkAttribute.Info:
                    kind = KindOf(attribute.Value);
                    break;
            }
        }

        return new LinkInfo
        {
            Index = MemoryMarshal.Read<int>(payload[4..]),
            Name = name,
            Kind = kind,
            Mac = mac,
            Mtu = mtu,
            Up = (flags & IffUp) != 0,
            Running = (flags & IffRunning) != 0,
            LoopBack = (flags & IffLoopback) != 0,
            PeerIndex = peer,
            PeerNetnsId = peerNetns,
            HasEthernetHeader = hardware is ArphrdEther or ArphrdLoopback,
            MasterIndex = master,
        };
    }

    private static string KindOf(ReadOnlySpan<byte> info)
    {
        foreach (var attribute in new NetlinkAttributes(info))
        {
            if (attribute.Type == LinkAttribute.InfoKind)
            {
                return attribute.AsText;
            }
        }

        return string.Empty;
    }
}
