using System.Net;

namespace Calico.Harness.Packets;

/// <summary>What an IP packet carries.</summary>
public abstract record Transport
{
    /// <summary>The IP protocol number.</summary>
    public abstract byte Protocol { get; }

    /// <summary>Header and payload, with the right checksum.</summary>
    public abstract byte[] Build(IPAddress source, IPAddress destination);
}
