using Calico.Sdk.Testing;

namespace Acme.RootNamespace.Tests;

/// <summary>The stage in a whole chain, in the kernel. Needs root; nothing is really sent.</summary>
public sealed class PacketCounterTests : IAsyncLifetime
{
    private ChainUnderTest _chain = null!;

    public async ValueTask InitializeAsync() => _chain = await ChainUnderTest.StartAsync<PacketCounterPlugin>();

    public ValueTask DisposeAsync() => _chain.DisposeAsync();

    [Theory]
    [InlineData(4)]
    [InlineData(6)]
    public void A_packet_passes_and_is_counted_under_its_protocol(int family)
    {
#if (resource)
        _chain.Map<uint, uint>("ports").Set(53, 1);
#endif
        _chain.Send(Query(family)).ShouldBeRedirectedTo(_chain.WorkloadB).ShouldHaveRun("acme_stage_1");

        Assert.Equal(1UL, Counted(protocol: 17));
        Assert.Equal(0UL, Counted(protocol: 6));
    }

    [Fact]
#if (isNewFlow)
    public void A_flow_is_counted_once_whatever_it_carries()
#else
    public void Every_packet_of_a_flow_is_counted()
#endif
    {
#if (resource)
        _chain.Map<uint, uint>("ports").Set(53, 1);
#endif
        for (int i = 0; i < 3; i++)
        {
            _chain.Send(Query(4)).ShouldBeRedirectedTo(_chain.WorkloadB);
        }

#if (isNewFlow)
        Assert.Equal(1UL, Counted(protocol: 17));
#else
        Assert.Equal(3UL, Counted(protocol: 17));
#endif
    }
#if (resource)

    [Fact]
    public void A_packet_to_a_port_that_no_resource_names_passes_uncounted()
    {
        _chain.Send(Query(4)).ShouldBeRedirectedTo(_chain.WorkloadB);

        Assert.Equal(0UL, Counted(protocol: 17));
    }
#endif

    private Packet Query(int family) => Packet.From(family == 4 ? _chain.WorkloadA.IPv4 : _chain.WorkloadA.IPv6)
        .To(_chain.WorkloadB).Udp(40_000, 53, payload: [1, 2, 3, 4]);

    // One value for each CPU.
    private ulong Counted(uint protocol) =>
        _chain.Map<uint, PacketCount>("counts").GetPerCpu(protocol)!.Aggregate(0UL, (sum, count) => sum + count.Packets);
}
