namespace Calico.Core.Net;

// The values of linux/netlink.h and linux/rtnetlink.h that this client uses.

internal enum MessageType : ushort
{
    Error = 2,
    Done = 3,
    NewLink = 16,
    DeleteLink = 17,
    GetLink = 18,
    NewAddress = 20,
    DeleteAddress = 21,
    GetAddress = 22,
    NewRoute = 24,
    DeleteRoute = 25,
    GetRoute = 26,
    NewNeighbour = 28,
    DeleteNeighbour = 29,
}

[Flags]
internal enum MessageFlags : ushort
{
    None = 0,
    Request = 0x1,
    Acknowledge = 0x4,
    DumpInterrupted = 0x10,
    Dump = 0x300,
    Replace = 0x100,
    Exclusive = 0x200,
    Create = 0x400,
}

/// <summary>The same bits mean something else on NLMSG_ERROR and NLMSG_DONE.</summary>
internal static class AnswerFlags
{
    // The request's payload was left out.
    internal const MessageFlags Capped = (MessageFlags)0x100;

    internal const MessageFlags HasAttributes = (MessageFlags)0x200;
}

internal static class MulticastGroup
{
    internal const int Link = 1;
    internal const int Ipv4Address = 5;
    internal const int Ipv4Route = 7;
    internal const int Ipv6Address = 9;
    internal const int Ipv6Route = 11;
}

internal static class Family
{
    internal const byte Unspecified = 0;
    internal const byte Ipv4 = 2;
    internal const byte Ipv6 = 10;
}

internal static class HeaderSize
{
    internal const int Message = 16;
    internal const int Link = 16;
    internal const int Address = 8;
    internal const int Route = 12;
    internal const int Neighbour = 12;
    internal const int Attribute = 4;
    internal const int NextHop = 8;
}

internal static class LinkAttribute
{
    internal const ushort Address = 1;
    internal const ushort Name = 3;
    internal const ushort Mtu = 4;
    internal const ushort Link = 5;
    internal const ushort Master = 10;
    internal const ushort Info = 18;
    internal const ushort ExtendedMask = 29;
    internal const ushort LinkNetnsId = 37;
    internal const ushort TargetNetnsId = 46;
    internal const ushort InfoKind = 1;

    // RTEXT_FILTER_SKIP_STATS: counters are most of a link's bytes, and nobody here reads them.
    internal const uint WithoutStatistics = 8;
}

internal static class AddressAttribute
{
    internal const ushort Address = 1;
    internal const ushort Local = 2;
    internal const ushort Flags = 8;
}

internal static class RouteAttribute
{
    internal const ushort Destination = 1;
    internal const ushort OutputInterface = 4;
    internal const ushort Gateway = 5;
    internal const ushort Priority = 6;
    internal const ushort PreferredSource = 7;
    internal const ushort Multipath = 9;
    internal const ushort Table = 15;
    internal const ushort Via = 18;
}

internal static class NeighbourAttribute
{
    internal const ushort Destination = 1;
    internal const ushort LinkLayerAddress = 2;
}

internal static class ErrorAttribute
{
    internal const ushort Message = 1;
}
