namespace Calico.Core.Net;

internal static class NetworkEventParser
{
    /// <summary>Null for messages that say nothing about a link, an address or a route.</summary>
    internal static NetworkEvent? Parse(NetlinkMessage message) => message.Type switch
    {
        MessageType.NewLink => LinkParser.Parse(message.Payload) is { } link ? new LinkChanged(link) : null,
        MessageType.DeleteLink => LinkParser.Parse(message.Payload) is { } link ? new LinkRemoved(link) : null,
        MessageType.NewAddress => AddressParser.Parse(message.Payload) is { } address ? new AddressChanged(address) : null,
        MessageType.DeleteAddress => AddressParser.Parse(message.Payload) is { } address ? new AddressRemoved(address) : null,
        MessageType.NewRoute => RouteParser.Parse(message.Payload) is { } route ? new RouteChanged(route) : null,
        MessageType.DeleteRoute => RouteParser.Parse(message.Payload) is { } route ? new RouteRemoved(route) : null,
        _ => null,
    };
}
