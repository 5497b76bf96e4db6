using System.Net;
using System.Runtime.InteropServices;
using Calico.Core.Maps.Layout;

namespace Calico.Core.Flows;

internal readonly struct FlowKeysV6 : IFlowKeys<FlowKeyV6>
{
    public static string Answered => "flows_v6";

    public static string Pending => "pending_v6";

    public static byte ProtocolOf(in FlowKeyV6 key) => (byte)key.Protocol;

    public static IPEndPoint LowOf(in FlowKeyV6 key) => EndPoint(in key.LowAddress, key.LowPort);

    public static IPEndPoint HighOf(in FlowKeyV6 key) => EndPoint(in key.HighAddress, key.HighPort);

    public static (FlowKeyV6 Key, bool SenderIsHigh) Of(in FlowRewrite tuple, byte protocol)
    {
        ReadOnlySpan<ulong> source = MemoryMarshal.Cast<uint, ulong>((ReadOnlySpan<uint>)tuple.Source);
        ReadOnlySpan<ulong> destination = MemoryMarshal.Cast<uint, ulong>((ReadOnlySpan<uint>)tuple.Destination);
        bool high = source[0] != destination[0] ? source[0] > destination[0]
            : source[1] != destination[1] ? source[1] > destination[1]
            : tuple.SourcePort > tuple.DestinationPort;
        return (new FlowKeyV6
        {
            LowAddress = high ? tuple.Destination : tuple.Source,
            HighAddress = high ? tuple.Source : tuple.Destination,
            LowPort = high ? tuple.DestinationPort : tuple.SourcePort,
            HighPort = high ? tuple.SourcePort : tuple.DestinationPort,
            Protocol = protocol,
        }, high);
    }

    private static IPEndPoint EndPoint(ref readonly AddressWords address, ushort port) =>
        new(new IPAddress(MemoryMarshal.AsBytes((ReadOnlySpan<uint>)address)), FlowKeysV4.NetworkPort(port));
}
