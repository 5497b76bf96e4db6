using System.Net;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Calico.Sdk;

namespace Example.RateLimiter;

/// <summary>A workload's address as packets carry it; IPv4 in the first word. In C it is <c>struct rate_address</c>.</summary>
[CName("rate_address")]
public struct RateAddress
{
    /// <summary>The words, in network byte order.</summary>
    public RateAddressWords Words;

    /// <summary>From an address.</summary>
    public static RateAddress Of(IPAddress address)
    {
        var words = default(RateAddress);
        address.TryWriteBytes(MemoryMarshal.AsBytes((Span<uint>)words.Words), out _);
        return words;
    }
}

/// <summary>Four words.</summary>
[InlineArray(4)]
public struct RateAddressWords
{
    private uint _word;
}

/// <summary>What a packet costs, and how much may be owed. In C it is <c>struct rate_limit</c>.</summary>
[CName("rate_limit")]
public struct RateCost
{
    /// <summary>What each packet costs, in time until it is paid for.</summary>
    public ulong NanosecondsAPacket;

    /// <summary>What each byte costs, from the network header on.</summary>
    public ulong PicosecondsAByte;

    /// <summary>The most that may be owed.</summary>
    public ulong BurstNanoseconds;
}

/// <summary>One workload's bucket; the stage writes it. In C it is <c>struct rate_bucket</c>.</summary>
[CName("rate_bucket")]
public struct RateBucket
{
    /// <summary>When everything is paid for, in nanoseconds since boot.</summary>
    public ulong FullAt;

    /// <summary>Packets that passed.</summary>
    public ulong Passed;

    /// <summary>Packets that were dropped.</summary>
    public ulong Dropped;
}
