namespace Acme.RootNamespace;

/// <summary>The value of the map: in C it is <c>struct acme_stage_1_count</c>, made from this.</summary>
[Calico.Sdk.CName("acme_stage_1_count")]
public struct PacketCount
{
#if (isNewFlow)
    /// <summary>Flows.</summary>
#else
    /// <summary>Packets.</summary>
#endif
    public ulong Packets;

#if (isNewFlow)
    /// <summary>Bytes of their first packets, from the network header on.</summary>
#else
    /// <summary>Bytes, from the network header on.</summary>
#endif
    public ulong Bytes;
}
