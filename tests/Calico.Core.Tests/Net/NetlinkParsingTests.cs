using System.Net;
using System.Runtime.InteropServices;
using Calico.Core.Net;
using CsCheck;

namespace Calico.Core.Tests.Net;

public sealed class NetlinkParsingTests
{
    [Fact]
    public void A_request_reads_back_as_what_was_written()
    {
        var request = new NetlinkRequest(MessageType.NewRoute, MessageFlags.Create | MessageFlags.Acknowledge);
        var header = request.Header(HeaderSize.Route);
        header[0] = Family.Ipv4;
        header[1] = 16;
        header[7] = (byte)RouteType.Unicast;
        request.Attribute(RouteAttribute.Table, 1234u);
        request.Attribute(RouteAttribute.Destination, IPAddress.Parse("10.20.0.0"));
        request.Via(IPAddress.Parse("fd00::1"));
        request.Attribute(RouteAttribute.OutputInterface, 7);

        var messages = new NetlinkMessages(request.Finish(99));
        Assert.True(messages.MoveNext());
        var message = messages.Current;
        Assert.Equal(MessageType.NewRoute, message.Type);
        Assert.Equal(MessageFlags.Create | MessageFlags.Acknowledge | MessageFlags.Request, message.Flags);
        Assert.Equal(99u, message.Sequence);
        var route = RouteParser.Parse(message.Payload)!;
        Assert.Equal(IPNetwork.Parse("10.20.0.0/16"), route.Destination);
        Assert.Equal(IPAddress.Parse("fd00::1"), route.Gateway);
        Assert.Equal(7, route.InterfaceIndex);
        Assert.Equal(1234u, route.Table);
        Assert.False(messages.MoveNext());
    }

    [Fact]
    public void A_bridge_s_message_about_its_port_is_not_about_the_link()
    {
        const byte bridgeFamily = 7;
        var payload = new byte[HeaderSize.Link];
        payload[0] = bridgeFamily;

        Assert.Null(LinkParser.Parse(payload));
    }

    [Fact]
    public void An_entry_of_the_route_cache_is_not_a_route()
    {
        var payload = new byte[HeaderSize.Route];
        payload[0] = Family.Ipv6;
        MemoryMarshal.Write(payload.AsSpan(8), 0x200u);

        Assert.Null(RouteParser.Parse(payload));
    }

    [Fact]
    public void The_own_side_of_a_point_to_point_address_is_taken()
    {
        var request = new NetlinkRequest(MessageType.NewAddress, MessageFlags.None);
        request.Header(HeaderSize.Address)[0] = Family.Ipv4;
        request.Attribute(AddressAttribute.Address, IPAddress.Parse("10.0.0.2"));
        request.Attribute(AddressAttribute.Local, IPAddress.Parse("10.0.0.1"));

        Assert.Equal(IPAddress.Parse("10.0.0.1"), AddressParser.Parse(request.Finish(1)[HeaderSize.Message..])!.Address);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_kernel_s_explanation_is_found_behind_the_request(bool capped)
    {
        var request = new NetlinkRequest(MessageType.NewRoute, MessageFlags.None);
        request.Header(HeaderSize.Route);
        var original = request.Finish(5);
        var explanation = new NetlinkRequest(MessageType.Error, MessageFlags.None);
        explanation.Attribute(ErrorAttribute.Message, "Nexthop has invalid gateway.");
        byte[] payload =
        [
            .. MemoryMarshal.AsBytes([-101]),
            .. capped ? original[..HeaderSize.Message] : original,
            .. explanation.Finish(0)[HeaderSize.Message..],
        ];
        var flags = AnswerFlags.HasAttributes | (capped ? AnswerFlags.Capped : MessageFlags.None);

        var error = Assert.Throws<NetlinkException>(() => NetlinkAnswer.ThrowIfRefused(new NetlinkMessage(MessageType.Error, flags, 5, payload), "add a route"));

        Assert.Equal("ENETUNREACH", error.ErrnoSymbol);
        Assert.Equal("Nexthop has invalid gateway", error.KernelExplanation);
        Assert.StartsWith("Could not add a route: ENETUNREACH", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_bytes_make_the_readers_fail() => Gen.Select(Gen.Int[16, 29], Gen.Byte.Array[0, 200]).Sample((type, body) =>
    {
        // The body after a sound message header, with a family that the parsers look into.
        if (body.Length > 0)
        {
            body[0] = (body[0] % 3) switch { 0 => Family.Unspecified, 1 => Family.Ipv4, _ => Family.Ipv6 };
        }

        byte[] datagram = [.. MemoryMarshal.AsBytes([HeaderSize.Message + body.Length]), (byte)type, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, .. body];
        foreach (var message in new NetlinkMessages(datagram))
        {
            _ = NetworkEventParser.Parse(message);
        }

        foreach (var message in new NetlinkMessages(body))
        {
            _ = NetworkEventParser.Parse(message);
        }
    });
}
