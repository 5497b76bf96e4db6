using System.Net;
using System.Runtime.InteropServices;

namespace Calico.Core.Net;

/// <summary>
/// Reads and changes links, addresses, routes and neighbours of one network namespace: that of the thread which made
/// this object, whatever thread uses it later. Calls block for the microseconds that the kernel takes, and may come
/// from several threads.
/// </summary>
public sealed partial class RtNetlink : IDisposable
{
    private readonly NetlinkConnection _connection = new();

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();

    /// <summary>All links.</summary>
    public IReadOnlyList<LinkInfo> GetLinks()
    {
        var request = new NetlinkRequest(MessageType.GetLink, MessageFlags.Dump);
        request.Header(HeaderSize.Link);
        request.Attribute(LinkAttribute.ExtendedMask, LinkAttribute.WithoutStatistics);
        return _connection.Dump(request, MessageType.NewLink, LinkParser.Parse, "list the links");
    }

    /// <summary>The link with this index; null if there is none.</summary>
    public LinkInfo? GetLink(int index) => GetLink(index, netnsId: null);

    /// <summary>The link with this name; null if there is none.</summary>
    public LinkInfo? GetLink(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        var request = new NetlinkRequest(MessageType.GetLink, MessageFlags.Acknowledge);
        request.Header(HeaderSize.Link);
        request.Attribute(LinkAttribute.Name, name);
        request.Attribute(LinkAttribute.ExtendedMask, LinkAttribute.WithoutStatistics);
        return _connection.Get(request, MessageType.NewLink, LinkParser.Parse, ErrnoName.NoDevice, $"look up the link {name}");
    }

    /// <summary>
    /// The Ethernet address of the other end of a veth, which the kernel tells even if that end is in another network
    /// namespace. Null if the link is no veth or the other end is gone.
    /// </summary>
    public MacAddress? TryGetPeerMac(LinkInfo link)
    {
        ArgumentNullException.ThrowIfNull(link);
        return link is { Kind: "veth", PeerIndex: { } peer } && GetLink(peer, link.PeerNetnsId) is { Kind: "veth" } other
            ? other.Mac
            : null;
    }

    /// <summary>All addresses of all links, IPv4 and IPv6.</summary>
    public IReadOnlyList<AddressInfo> GetAddresses()
    {
        var request = new NetlinkRequest(MessageType.GetAddress, MessageFlags.Dump);
        request.Header(HeaderSize.Address);
        return _connection.Dump(request, MessageType.NewAddress, AddressParser.Parse, "list the addresses");
    }

    /// <summary>Sets, or changes, what Ethernet address an IP address is reached at. It does not expire.</summary>
    public void ReplaceNeighbour(int interfaceIndex, IPAddress address, MacAddress mac)
    {
        ArgumentNullException.ThrowIfNull(address);
        var request = Neighbour(MessageType.NewNeighbour, MessageFlags.Create | MessageFlags.Replace, interfaceIndex, address);
        Span<byte> bytes = stackalloc byte[MacAddress.Length];
        mac.CopyTo(bytes);
        request.Attribute(NeighbourAttribute.LinkLayerAddress, bytes);
        _connection.Change(request, $"set the neighbour {address} at {mac} on interface {interfaceIndex}");
    }

    /// <summary>Removes a neighbour entry; false if there was none.</summary>
    public bool DeleteNeighbour(int interfaceIndex, IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        var request = Neighbour(MessageType.DeleteNeighbour, MessageFlags.None, interfaceIndex, address);
        return TryChange(request, ErrnoName.NoEntry, $"delete the neighbour {address} on interface {interfaceIndex}");
    }

    private LinkInfo? GetLink(int index, int? netnsId)
    {
        var request = new NetlinkRequest(MessageType.GetLink, MessageFlags.Acknowledge);
        MemoryMarshal.Write(request.Header(HeaderSize.Link)[4..], index);
        request.Attribute(LinkAttribute.ExtendedMask, LinkAttribute.WithoutStatistics);
        if (netnsId is { } id)
        {
            request.Attribute(LinkAttribute.TargetNetnsId, id);
        }

        var where = netnsId is null ? string.Empty : $" in the network namespace {netnsId}";
        return _connection.Get(request, MessageType.NewLink, LinkParser.Parse, ErrnoName.NoDevice, $"look up the link with index {index}{where}");
    }

    private static NetlinkRequest Neighbour(MessageType type, MessageFlags flags, int interfaceIndex, IPAddress address)
    {
        const ushort permanent = 0x80;
        var request = new NetlinkRequest(type, flags | MessageFlags.Acknowledge);
        var header = request.Header(HeaderSize.Neighbour);
        header[0] = NetlinkRequest.AddressFamilyOf(address);
        MemoryMarshal.Write(header[4..], interfaceIndex);
        MemoryMarshal.Write(header[8..], permanent);
        return request.Attribute(NeighbourAttribute.Destination, address);
    }

    private bool TryChange(NetlinkRequest request, int absent, string attempt)
    {
        try
        {
            _connection.Change(request, attempt);
            return true;
        }
        catch (NetlinkException refused) when (refused.Errno == absent)
        {
            return false;
        }
    }
}
