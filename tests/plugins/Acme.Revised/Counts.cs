namespace Acme.Revised;

/// <summary>Packets.</summary>
public struct Count
{
    public ulong Packets;
}

/// <summary>Another layout of the same map.</summary>
public struct WideCount
{
    public ulong Bytes;
    public ulong Packets;
}
