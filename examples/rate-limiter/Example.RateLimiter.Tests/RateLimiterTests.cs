using Calico.Sdk;
using Calico.Sdk.Net;
using Calico.Sdk.Resources;
using Calico.Sdk.Testing;

namespace Example.RateLimiter.Tests;

/// <summary>Resources in, packets through the kernel. Needs root; nothing is really sent.</summary>
public sealed class RateLimiterTests : IAsyncLifetime
{
    private const int Burst = 5;
    private ChainUnderTest _chain = null!;

    public async ValueTask InitializeAsync() =>
        _chain = await ChainUnderTest.StartAsync<RateLimiterPlugin>(setup => setup.On(Hooks.WorkloadIngress));

    public ValueTask DisposeAsync() => _chain.DisposeAsync();

    [Theory]
    [InlineData(4)]
    [InlineData(6)]
    public async Task What_is_more_than_the_burst_is_dropped_and_the_bucket_counts(int family)
    {
        await Reconcile(Limit(), Endpoint());
        for (int i = 0; i < Burst; i++)
        {
            _chain.Send(Query(family)).ShouldBeRedirectedTo(_chain.WorkloadB).ShouldHaveRun("ratelimit");
        }

        _chain.Send(Query(family)).ShouldBeDropped("RATE_LIMITED");
        RateBucket bucket = Bucket(family);
        Assert.Equal((5UL, 1UL), (bucket.Passed, bucket.Dropped));

        // An hour later, as it were.
        bucket.FullAt = 0;
        _chain.Map<RateAddress, RateBucket>("buckets").Set(Address(family), bucket);
        _chain.Send(Query(family)).ShouldBeRedirectedTo(_chain.WorkloadB);
    }

    [Fact]
    public async Task Workloads_that_no_limit_selects_are_not_limited()
    {
        await Reconcile(Limit() with { Selector = new Dictionary<string, string> { ["app"] = "other" } }, Endpoint());
        for (int i = 0; i < 2 * Burst; i++)
        {
            _chain.Send(Query(4)).ShouldBeRedirectedTo(_chain.WorkloadB);
        }
    }

    [Fact]
    public async Task A_changed_limit_keeps_the_bucket_and_a_removed_one_ends_it()
    {
        await Reconcile(Limit(), Endpoint());
        _chain.Send(Query(4)).ShouldBeRedirectedTo(_chain.WorkloadB);
        await Reconcile(Limit() with { PacketsPerSecond = 7 }, Endpoint());
        Assert.Equal(1UL, Bucket(4).Passed);

        await Reconcile(Endpoint());
        Assert.False(_chain.Map<RateAddress, RateCost>("limits").TryGet(Address(4), out _));
        Assert.False(_chain.Map<RateAddress, RateBucket>("buckets").TryGet(Address(4), out _));
    }

    // Every rate is made 3600 times as slow, so that no slow machine gives a packet back meanwhile.
    private async Task Reconcile(params IReadOnlyList<IResource> resources)
    {
        var set = new GivenResources(resources);
        await new RateLimitReconciler(_chain.Service<IPluginMaps>(), new("rate-limiter", "limits"), new("rate-limiter", "buckets"))
            .ReconcileAsync(new ResourceBatch(1, IsInitial: true, [], set), TestContext.Current.CancellationToken);
        IPluginMap<RateAddress, RateCost> limits = _chain.Map<RateAddress, RateCost>("limits");
        foreach ((RateAddress address, RateCost cost) in limits.Entries().ToList())
        {
            limits.Set(address, new RateCost { NanosecondsAPacket = cost.NanosecondsAPacket * 3600, BurstNanoseconds = cost.BurstNanoseconds * 3600 });
        }
    }

    private static RateLimit Limit() => new(
        new ObjectMeta { Name = "web", Namespace = "default" }, new Dictionary<string, string> { ["app"] = "web" }, PacketsPerSecond: 1, BitsPerSecond: null, Burst);

    private WorkloadEndpoint Endpoint() => new(
        new ObjectMeta { Name = "a", Namespace = "default", Labels = new Dictionary<string, string> { ["app"] = "web", ["tier"] = "1" } },
        new WorkloadEndpointSpec
        {
            Node = "node",
            InterfaceName = "cali1",
            IpNetworks = [new IpNetwork(_chain.WorkloadA.IPv4, 32), new IpNetwork(_chain.WorkloadA.IPv6, 128)],
        });

    private Packet Query(int family) => Packet.From(family == 4 ? _chain.WorkloadA.IPv4 : _chain.WorkloadA.IPv6)
        .To(_chain.WorkloadB).Udp(40_000, 53, payload: [1, 2, 3, 4]);

    private RateAddress Address(int family) => RateAddress.Of(family == 4 ? _chain.WorkloadA.IPv4 : _chain.WorkloadA.IPv6);

    private RateBucket Bucket(int family)
    {
        Assert.True(_chain.Map<RateAddress, RateBucket>("buckets").TryGet(Address(family), out RateBucket bucket));
        return bucket;
    }

    private sealed class GivenResources(IReadOnlyList<IResource> resources) : IResourceSet
    {
        public int Count => resources.Count;

        public IEnumerable<T> All<T>()
            where T : class, IResource => resources.OfType<T>();

        public T? Get<T>(ResourceKey key)
            where T : class, IResource => resources.OfType<T>().FirstOrDefault(resource => resource.Metadata.Name == key.Name);
    }
}
