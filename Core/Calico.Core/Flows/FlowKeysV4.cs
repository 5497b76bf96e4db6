using System.Buffers.Binary;
using System.Net;
using System.Runtime.InteropServices;
using Calico.Core.Maps.Layout;

namespace Calico.Core.Flows;

internal readonly struct FlowKeysV4 : IFlowKeys<FlowKeyV4>
{
    public static string Answered => "flows_v4";

    public static string Pending => "pending_v4";

    public static byte ProtocolOf(in FlowKeyV4 key) => (byte)key.Protocol;

    public static IPEndPoint LowOf(in FlowKeyV4 key) => EndPoint(in key.LowAddress, key.LowPort);

    public static IPEndPoint HighOf(in FlowKeyV4 key) => EndPoint(in key.HighAddress, key.HighPort);

    public static (FlowKeyV4 Key, bool SenderIsHigh) Of(in FlowRewrite tuple, byte protocol)
    {
        // As they stand in memory: the order only has to be the same for both directions, and the same as in C.
        uint source = tuple.Source[0], destination = tuple.Destination[0];
        bool high = (((ulong)source << 16) | tuple.SourcePort) > (((ulong)destination << 16) | tuple.DestinationPort);
        return (new FlowKeyV4
        {
            LowAddress = high ? destination : source,
            HighAddress = high ? source : destination,
            LowPort = high ? tuple.DestinationPort : tuple.SourcePort,
            HighPort = high ? tuple.SourcePort : tuple.DestinationPort,
            Protocol = protocol,
        }, high);
    }

    private static IPEndPoint EndPoint(ref readonly uint address, ushort port) =>
        new(new IPAddress(MemoryMarshal.AsBytes(new ReadOnlySpan<uint>(in address))), NetworkPort(port));

    internal static ushort NetworkPort(ushort port) => BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(port) : port;
}
