using System.Net;

namespace Calico.Harness.Packets;

/// <summary>Any protocol, byte by byte.</summary>
public sealed record RawTransport(byte Number, byte[] Bytes) : Transport
{
    public override byte Protocol => Number;

    public override byte[] Build(IPAddress source, IPAddress destination) => Bytes;
}
