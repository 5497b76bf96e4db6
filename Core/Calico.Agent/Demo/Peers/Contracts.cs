using System.Text.Json.Serialization;

namespace Calico.Agent.Demo.Peers;

/// <summary>What a peer can send.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ProbeKind>))]
internal enum ProbeKind
{
    /// <summary>An HTTP request over a connection of its own.</summary>
    Http = 0,

    /// <summary>A datagram that is echoed.</summary>
    Udp = 1,

    /// <summary>A TCP segment that opens no connection and belongs to none.</summary>
    StraySegment = 2,

    /// <summary>A TCP segment whose header contradicts itself.</summary>
    MalformedSegment = 3,
}

/// <summary>What a peer is told to send.</summary>
/// <param name="Kind">What.</param>
/// <param name="Target">An address.</param>
/// <param name="Port">Its port.</param>
/// <param name="Source">The address to send from; null leaves it to the kernel.</param>
/// <param name="Size">Bytes of the body or of the datagram.</param>
/// <param name="PatienceMilliseconds">How long to wait for an answer.</param>
internal sealed record Probe(ProbeKind Kind, string Target, int Port, string? Source, int Size, int PatienceMilliseconds);

/// <summary>What came of it.</summary>
/// <param name="By">The name of the peer that answered; null if none did.</param>
/// <param name="From">The address that it saw the probe come from.</param>
/// <param name="Failure">Why there is no answer, or what is wrong with it.</param>
internal sealed record ProbeAnswer(string? By, string? From, string? Failure);

/// <summary>How a long transfer over one TCP connection is doing.</summary>
/// <param name="Bytes">As many came.</param>
/// <param name="WrongBytes">As many were not what they should have been.</param>
/// <param name="LongestPauseMilliseconds">The longest time in which nothing came.</param>
/// <param name="Failure">Why it ended; null while it runs, or when it was told to end.</param>
internal sealed record TransferReport(long Bytes, long WrongBytes, long LongestPauseMilliseconds, string? Failure);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Probe))]
[JsonSerializable(typeof(ProbeAnswer))]
[JsonSerializable(typeof(TransferReport))]
internal sealed partial class PeerJson : JsonSerializerContext;
