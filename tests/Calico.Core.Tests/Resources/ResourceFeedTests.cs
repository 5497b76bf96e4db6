using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Calico.Core.Resources;
using Calico.Core.Resources.Documents;
using Calico.Sdk.Resources;

namespace Calico.Core.Tests.Resources;

public sealed class ResourceFeedTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_first_batch_holds_everything_and_the_next_the_typed_changes_with_old_and_new()
    {
        ResourceStore store = Resource.Store();
        store.Put("a.yaml", Resource.Node("x", "1"), Resource.Node("y", "1"));
        await using IAsyncEnumerator<ResourceBatch> feed = store.WatchAsync(Stop).GetAsyncEnumerator(Stop);

        Assert.True(await feed.MoveNextAsync());
        Assert.True(feed.Current.IsInitial);
        Assert.Equal([ResourceChangeKind.Added, ResourceChangeKind.Added], feed.Current.Changes.Select(change => change.Kind));

        store.Put("a.yaml", Resource.Node("y", "2"), Resource.Node("z", "1"));
        Assert.True(await feed.MoveNextAsync());
        ResourceChange<Node>[] changes = [.. feed.Current.Of<Node>()];
        Assert.Equal([("x", ResourceChangeKind.Removed), ("y", ResourceChangeKind.Updated), ("z", ResourceChangeKind.Added)], changes.Select(change => (change.Key.Name, change.Kind)));
        Assert.Equal(("1", "2"), (changes[1].Old!.Metadata.Labels["zone"], changes[1].New!.Metadata.Labels["zone"]));
        Assert.Empty(feed.Current.Of<WorkloadEndpoint>());
        Assert.Equal(2, feed.Current.Resources.Count);
    }

    [Fact]
    public async Task A_slow_reader_gets_one_change_for_a_resource_and_none_for_what_came_and_went()
    {
        ResourceStore store = Resource.Store();
        store.Put("a.yaml", Resource.Node("x", "1"));
        await using IAsyncEnumerator<ResourceBatch> feed = store.WatchAsync(Stop).GetAsyncEnumerator(Stop);
        Assert.True(await feed.MoveNextAsync());

        store.Put("a.yaml", Resource.Node("x", "2"));
        store.Put("b.yaml", Resource.Node("y"));
        store.Remove("b.yaml");
        store.Put("a.yaml", Resource.Node("x", "3"));

        Assert.True(await feed.MoveNextAsync());
        ResourceChange<Node> change = Assert.Single(feed.Current.Of<Node>());
        Assert.Equal(("1", "3"), (change.Old!.Metadata.Labels["zone"], change.New!.Metadata.Labels["zone"]));
    }

    [Fact]
    public async Task Comments_layout_and_a_move_to_another_file_change_nothing()
    {
        ResourceStore store = Resource.Store();
        store.Put("a.yaml", Resource.Node("x", "1"));
        await using IAsyncEnumerator<ResourceBatch> feed = store.WatchAsync(Stop).GetAsyncEnumerator(Stop);
        Assert.True(await feed.MoveNextAsync());

        store.Put("a.yaml", "# a comment\nkind: Node\napiVersion: projectcalico.org/v3\nmetadata:\n  labels:\n    zone: 1\n  name: x\n");
        store.Apply("test", new SourceBatch(false, [new OriginRead("b.yaml", YamlText.Read(Resource.Node("x", "1"), "b.yaml")), new OriginGone("a.yaml")]));
        Assert.Equal("b.yaml:1", store.Snapshot.Find(Resource.NodeKey("x"))!.Position.ToString());
        store.Put("c.yaml", Resource.Node("y"));

        Assert.True(await feed.MoveNextAsync());
        Assert.Equal("y", Assert.Single(feed.Current.Changes).Key.Name);
    }

    [Fact]
    public async Task A_refused_change_is_no_change()
    {
        ResourceStore store = Resource.Store();
        store.Put("a.yaml", Resource.Node("x", "1"));
        await using IAsyncEnumerator<ResourceBatch> feed = store.WatchAsync(Stop).GetAsyncEnumerator(Stop);
        Assert.True(await feed.MoveNextAsync());

        store.Put("a.yaml", Resource.BadNode("x"));
        store.Break("a.yaml");
        store.Put("b.yaml", Resource.Node("y"));
        Assert.True(await feed.MoveNextAsync());
        Assert.Equal("y", Assert.Single(feed.Current.Changes).Key.Name);
    }

    [Fact]
    public async Task The_feed_starts_when_every_source_was_read_once_and_a_failing_source_is_read_anew()
    {
        var fast = new ScriptedSource("fast", failures: 0);
        var slow = new ScriptedSource("slow", failures: 1);
        var store = new ResourceStore(CalicoKinds.All, [fast, slow]);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        Task run = store.RunAsync(stop.Token);
        fast.Give(new SourceBatch(true, [new OriginRead("f", YamlText.Read(Resource.Node("x"), "f"))]));
        await using IAsyncEnumerator<ResourceBatch> feed = store.WatchAsync(Stop).GetAsyncEnumerator(Stop);
        Task<bool> first = feed.MoveNextAsync().AsTask();
        Assert.False(store.WhenSynced.IsCompleted);

        slow.Give(new SourceBatch(true, [new OriginRead("s", YamlText.Read(Resource.Node("y"), "s"))]));
        Assert.True(await first);
        Assert.Equal(["x", "y"], feed.Current.Changes.Select(change => change.Key.Name));
        await stop.CancelAsync();
        await run;
    }

    [Fact]
    public async Task A_cancelled_reader_is_forgotten()
    {
        ResourceStore store = Resource.Store();
        using var stop = new CancellationTokenSource();
        IAsyncEnumerator<ResourceBatch> feed = store.WatchAsync(stop.Token).GetAsyncEnumerator(Stop);
        Assert.True(await feed.MoveNextAsync());
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await feed.MoveNextAsync());
        await feed.DisposeAsync();
        store.Put("a.yaml", Resource.Node("x"));
    }

    private sealed class ScriptedSource(string name, int failures) : INamedResourceSource
    {
        private readonly Channel<SourceBatch> _batches = Channel.CreateUnbounded<SourceBatch>();
        private int _failures = failures;

        public string Name => name;

        public void Give(SourceBatch batch) => _batches.Writer.TryWrite(batch);

        public async IAsyncEnumerable<SourceBatch> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
        {
            if (_failures-- > 0)
            {
                throw new IOException("the source is away");
            }

            await foreach (SourceBatch batch in _batches.Reader.ReadAllAsync(cancellationToken))
            {
                yield return batch;
            }
        }
    }
}
