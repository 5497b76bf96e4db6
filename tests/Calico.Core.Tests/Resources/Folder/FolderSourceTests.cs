using Calico.Core.Resources;
using Calico.Core.Resources.Folder;
using Calico.Sdk.Resources;

namespace Calico.Core.Tests.Resources.Folder;

/// <summary>A real folder, real inotify, a store at the end. Each wait ends when what is waited for has happened; no time is asserted.</summary>
public sealed class FolderSourceTests : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
    private Task _run = Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _run;
        _stop.Dispose();
        _folder.Dispose();
    }

    private async Task<ResourceStore> Start(FolderOptions? options = null)
    {
        // Ends a wait for something that will not happen.
        _stop.CancelAfter(TimeSpan.FromMinutes(2));
        // Without a resync: what is seen is seen by inotify.
        options ??= new FolderOptions { Folder = _folder.Path, Resync = TimeSpan.FromHours(1) };
        var store = new ResourceStore(CalicoKinds.All, [new FolderSource(options)]);
        _run = store.RunAsync(_stop.Token);
        await store.WhenSynced.WaitAsync(_stop.Token);
        return store;
    }

    private async Task Until(ResourceStore store, Func<ResourceSnapshot, bool> condition)
    {
        while (!condition(store.Snapshot))
        {
            await Task.Delay(5, _stop.Token);
        }
    }

    [Fact]
    public async Task What_is_there_is_held_when_the_store_is_synced_and_broken_files_are_reported_by_then()
    {
        _folder.Write("a.yaml", Resource.Node("x"));
        _folder.Write("b.yaml", "a: [");
        ResourceStore store = await Start();
        Assert.Equal(["x"], store.Snapshot.Names());
        Assert.Contains("b.yaml:2: is not valid YAML", Assert.Single(store.Snapshot.Reasons()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_that_are_made_changed_renamed_and_deleted_are_followed()
    {
        ResourceStore store = await Start();
        string path = _folder.Write("a.yaml", Resource.Node("x", "1"));
        await Until(store, snapshot => snapshot.Zone("x") == "1");

        File.WriteAllText(path, Resource.Node("x", "2"));
        await Until(store, snapshot => snapshot.Zone("x") == "2");

        File.WriteAllText(_folder["new"], Resource.Node("x", "3"));
        File.Move(_folder["new"], path, overwrite: true);
        await Until(store, snapshot => snapshot.Zone("x") == "3");

        File.Move(path, _folder["b.yaml"]);
        await Until(store, snapshot => snapshot.Held.Single().Position.File == _folder["b.yaml"]);

        File.Delete(_folder["b.yaml"]);
        await Until(store, snapshot => snapshot.Count == 0);
    }

    [Fact]
    public async Task Sub_folders_that_appear_move_and_disappear_are_followed()
    {
        ResourceStore store = await Start();
        _folder.Write("sub/deep/a.yaml", Resource.Node("x", "1"));
        await Until(store, snapshot => snapshot.Zone("x") == "1");
        _folder.Write("sub/deep/a.yaml", Resource.Node("x", "2"));
        await Until(store, snapshot => snapshot.Zone("x") == "2");
        Directory.Move(_folder["sub"], _folder["bus"]);
        await Until(store, snapshot => snapshot.Held.Single().Position.File == _folder["bus/deep/a.yaml"]);
        _folder.Write("bus/deep/a.yaml", Resource.Node("x", "3"));
        await Until(store, snapshot => snapshot.Zone("x") == "3");
        Directory.Delete(_folder["bus"], recursive: true);
        await Until(store, snapshot => snapshot.Count == 0);
    }

    [Fact]
    public async Task A_truncated_file_keeps_the_last_good_version_in_force()
    {
        string path = _folder.Write("a.yaml", Resource.Documents(Resource.Node("x", "1"), Resource.Node("y", "1")));
        ResourceStore store = await Start();
        File.WriteAllText(path, Resource.Documents(Resource.Node("x", "2"), "metadata: { name: y, lab"));
        await Until(store, snapshot => snapshot.Refused.Any());
        Assert.Equal(("1", "1"), (store.Snapshot.Zone("x"), store.Snapshot.Zone("y")));

        File.WriteAllText(path, Resource.Documents(Resource.Node("x", "3"), Resource.Node("y", "3")));
        await Until(store, snapshot => snapshot.Zone("y") == "3");
        Assert.Empty(store.Snapshot.Refused);
    }

    [Fact]
    public async Task A_file_written_piece_by_piece_is_one_change()
    {
        string path = _folder.Write("a.yaml", Resource.Node("x", "1"));
        // Patient enough for a machine that is busy with other tests.
        ResourceStore store = await Start(new FolderOptions { Folder = _folder.Path, Quiet = TimeSpan.FromSeconds(1), LongestWait = TimeSpan.FromMinutes(1), Resync = TimeSpan.FromHours(1) });
        await using IAsyncEnumerator<ResourceBatch> feed = store.WatchAsync(_stop.Token).GetAsyncEnumerator(_stop.Token);
        Assert.True(await feed.MoveNextAsync());

        await using (var writer = new StreamWriter(path) { AutoFlush = true })
        {
            foreach (char letter in Resource.Documents(Resource.Node("x", "2"), Resource.Node("y", "2"), Resource.Node("z", "2")))
            {
                await writer.WriteAsync(letter);
            }
        }

        Assert.True(await feed.MoveNextAsync());
        Assert.Equal(["x", "y", "z"], feed.Current.Changes.Select(change => change.Key.Name).Order(StringComparer.Ordinal));
        Assert.Empty(store.Snapshot.Refused);
    }

    [Fact]
    public async Task A_folder_that_does_not_exist_yet_is_reported_and_read_when_it_does()
    {
        var options = new FolderOptions { Folder = _folder["later"], Poll = TimeSpan.FromMilliseconds(20), Resync = TimeSpan.FromHours(1) };
        ResourceStore store = await Start(options);
        Assert.Contains("later: does not exist; create it", Assert.Single(store.Snapshot.Reasons()), StringComparison.Ordinal);

        _folder.Write("later/a.yaml", Resource.Node("x", "1"));
        await Until(store, snapshot => snapshot.Zone("x") == "1" && !snapshot.Refused.Any());
        _folder.Write("later/a.yaml", Resource.Node("x", "2"));
        await Until(store, snapshot => snapshot.Zone("x") == "2");
    }

    [Fact]
    public async Task A_folder_that_is_replaced_is_followed_again_after_a_resync()
    {
        var options = new FolderOptions { Folder = _folder["live"], Resync = TimeSpan.FromMilliseconds(50), Poll = TimeSpan.FromMilliseconds(50) };
        _folder.Write("live/a.yaml", Resource.Node("x", "1"));
        ResourceStore store = await Start(options);
        Directory.Move(_folder["live"], _folder["old"]);
        _folder.Write("live/a.yaml", Resource.Node("x", "2"));
        await Until(store, snapshot => snapshot.Zone("x") == "2");
    }

    [Fact]
    public async Task Many_files_at_once_all_arrive()
    {
        ResourceStore store = await Start();
        for (int index = 0; index < 2_000; index++)
        {
            _folder.Write($"{index % 7}/{index}.yaml", Resource.Node($"n{index}"));
        }

        await Until(store, snapshot => snapshot.Count == 2_000);
        Assert.Empty(store.Snapshot.Refused);
    }
}
