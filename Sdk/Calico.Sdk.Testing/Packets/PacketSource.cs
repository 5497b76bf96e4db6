using System.Net;

namespace Calico.Sdk.Testing;

/// <summary>A packet that has a sender and no receiver yet.</summary>
/// <param name="Source">The sender.</param>
public readonly record struct PacketSource(IPAddress Source)
{
    /// <summary>The packet's IP header.</summary>
    /// <param name="destination">The receiver's address, of the sender's family.</param>
    /// <exception cref="FormatException">It is no address.</exception>
    /// <exception cref="ArgumentException">It is of the other family.</exception>
    public Packet To(string destination) => To(AddressText.Parse(destination));

    /// <inheritdoc cref="To(string)"/>
    public Packet To(IPAddress destination) => Packet.Of([]).IP(Source, destination ?? throw new ArgumentNullException(nameof(destination)));

    /// <summary>The packet's IP header, to an interface's address of the sender's family.</summary>
    /// <param name="destination">The interface.</param>
    public Packet To(TestInterface destination) =>
        To((destination ?? throw new ArgumentNullException(nameof(destination))).Address(Source.AddressFamily));
}
