using Calico.Core.Chain.Declarations;
using Calico.Core.Events;
using Calico.Harness.Chains;
using Calico.Kernel.Tests.Chain;
using Calico.Sdk;

namespace Calico.Kernel.Tests.Events;

/// <summary>Events of a stage, read as a plugin reads them.</summary>
public sealed class EventTests : IDisposable
{
    private const uint RingBytes = 4096;

    // 16 bytes of data and 8 of header a record.
    private const int RoomFor = (int)RingBytes / 24;

    private static readonly EventStream<Seen> s_seen = new(Probe.Id, "seen");
    private static readonly EventStream<Seen> s_filled = new(Probe.Id, "filled");

    private readonly ChainHarness _chain = new(new ChainHarnessOptions { Plugins = [Plugin()] });
    private readonly RingReaders _readers = new();
    private readonly PluginEventAccess _events;

    public EventTests() => _events = new PluginEventAccess(Probe.Id, _chain.Maps, _readers);

    private static CancellationToken Ended => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Events_are_read_in_the_order_in_which_stages_emit_them()
    {
        Send(3);

        Assert.Equal([1u, 2u, 3u], (await Take(s_seen, 3)).Select(seen => seen.Number));
        Assert.Equal(0UL, _events.Lost(s_seen));
    }

    [Fact]
    public async Task What_a_stage_fills_in_place_and_submits_is_read_and_what_it_discards_is_not()
    {
        Send(4);

        // The stage discards the odd ones.
        Assert.Equal([2u, 4u], (await Take(s_filled, 2)).Select(seen => seen.Number));
    }

    [Fact]
    public async Task What_does_not_fit_into_the_ring_is_lost_and_counted()
    {
        Send(RoomFor + 30);

        Assert.Equal(30UL, _events.Lost(s_seen));
        Assert.Equal(Enumerable.Range(1, RoomFor), (await Take(s_seen, RoomFor)).Select(seen => (int)seen.Number));
    }

    [Fact]
    public async Task Records_that_wrap_round_the_rings_end_are_whole()
    {
        for (var round = 0; round < 10; round++)
        {
            Send(100);
            IReadOnlyList<Seen> seen = await Take(s_seen, 100);
            Assert.Equal(Enumerable.Range((round * 100) + 1, 100), seen.Select(one => (int)one.Number));
            Assert.All(seen, one => Assert.Equal(one.Number * 3UL, one.Check));
        }

        Assert.Equal(0UL, _events.Lost(s_seen));
    }

    [Fact]
    public async Task A_reader_sleeps_until_there_is_an_event()
    {
        await using IAsyncEnumerator<Seen> reader = _events.ReadAsync(s_seen, Ended).GetAsyncEnumerator(Ended);
        ValueTask<bool> next = reader.MoveNextAsync();
        await Task.Delay(50, Ended);
        Assert.False(next.IsCompleted);

        Send(1);

        Assert.True(await next);
        Assert.Equal(1u, reader.Current.Number);
    }

    [Fact]
    public async Task Two_streams_are_read_at_once()
    {
        await using IAsyncEnumerator<Seen> seen = _events.ReadAsync(s_seen, Ended).GetAsyncEnumerator(Ended);
        await using IAsyncEnumerator<Seen> filled = _events.ReadAsync(s_filled, Ended).GetAsyncEnumerator(Ended);
        Task<bool> first = seen.MoveNextAsync().AsTask(), second = filled.MoveNextAsync().AsTask();

        Send(2);

        Assert.All(await Task.WhenAll(first, second), Assert.True);
        Assert.Equal((1u, 2u), (seen.Current.Number, filled.Current.Number));
    }

    [Fact]
    public async Task A_cancelled_reader_ends_and_the_next_one_goes_on_where_it_ended()
    {
        Send(2);
        await Take(s_seen, 2);
        using var stop = new CancellationTokenSource();
        await using (IAsyncEnumerator<Seen> waiting = _events.ReadAsync(s_seen, stop.Token).GetAsyncEnumerator(stop.Token))
        {
            ValueTask<bool> next = waiting.MoveNextAsync();
            await stop.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await next);
        }

        Send(1);
        Assert.Equal(3u, Assert.Single(await Take(s_seen, 1)).Number);
    }

    [Fact]
    public async Task A_stream_has_one_reader()
    {
        Send(2);
        await using (IAsyncEnumerator<Seen> first = _events.ReadAsync(s_seen, Ended).GetAsyncEnumerator(Ended))
        {
            Assert.True(await first.MoveNextAsync());
            InvalidOperationException refused = await Assert.ThrowsAsync<InvalidOperationException>(() => Take(s_seen, 1));
            Assert.Equal("The event stream probe_seen is being read already, and it has one reader. Read it in one place and pass the events on from there.", refused.Message);
        }

        Send(1);
        Assert.Single(await Take(s_seen, 1));
    }

    [Fact]
    public async Task The_reader_of_a_reloaded_plugin_waits_for_the_end_of_the_old_one()
    {
        var reloaded = new PluginEventAccess(Probe.Id, _chain.Maps, _readers);
        Send(1);
        IAsyncEnumerator<Seen> old = _events.ReadAsync(s_seen, Ended).GetAsyncEnumerator(Ended);
        Assert.True(await old.MoveNextAsync());
        await using IAsyncEnumerator<Seen> fresh = reloaded.ReadAsync(s_seen, Ended).GetAsyncEnumerator(Ended);
        Task<bool> next = fresh.MoveNextAsync().AsTask();
        Assert.False(next.IsCompleted);

        await old.DisposeAsync();
        Send(1);

        Assert.True(await next);
        Assert.Equal(2u, fresh.Current.Number);
    }

    [Fact]
    public void A_plugin_reads_its_own_streams_only() => Assert.Equal(
        "The event stream 'seen' belongs to plugin 'other'; plugin 'probe' may not read it.",
        Assert.Throws<InvalidOperationException>(() => _events.ReadAsync(new EventStream<Seen>("other", "seen"), Ended)).Message);

    [Fact]
    public void A_stream_that_no_generation_has_is_explained() => Assert.StartsWith(
        "The event stream 'unseen' of plugin 'probe' is not there yet:",
        Assert.Throws<InvalidOperationException>(() => _events.Lost(new EventStream<Seen>(Probe.Id, "unseen"))).Message,
        StringComparison.Ordinal);

    public void Dispose()
    {
        _readers.Dispose();
        _chain.Dispose();
    }

    private void Send(int packets)
    {
        for (var i = 0; i < packets; i++)
        {
            Assert.True(_chain.FromA(_chain.Udp(v6: i % 2 == 1)).IsRedirected);
        }
    }

    private async Task<IReadOnlyList<Seen>> Take(EventStream<Seen> stream, int count)
    {
        var taken = new List<Seen>();
        await foreach (Seen one in _events.ReadAsync(stream, Ended))
        {
            taken.Add(one);
            if (taken.Count == count)
            {
                break;
            }
        }

        return taken;
    }

    private static HarnessPlugin Plugin()
    {
        HarnessPlugin plugin = Probe.Plugin((Probe.Stage("tell", StagePhase.PostFlow), """
            	struct seen event = { .number = ++CELL(0) };
            	struct seen *filled;

            	event.check = event.number * 3;
            	event_emit(probe_seen, &event);
            	filled = event_reserve(probe_filled);
            	if (filled) {
            		*filled = event;
            		if (event.number & 1)
            			event_discard(filled);
            		else
            			event_submit(filled);
            	}
            	return stage_next(pkt);
            """));
        return plugin with
        {
            Declaration = plugin.Declaration with
            {
                Events =
                [
                    new EventDeclaration(Probe.Id, "seen", typeof(Seen), RingBytes),
                    new EventDeclaration(Probe.Id, "filled", typeof(Seen), RingBytes),
                ],
            },
        };
    }

    private record struct Seen(uint Number, uint Reserved, ulong Check);
}
