using System.Net.Sockets;
using Calico.Agent.CommandLine;
using Calico.Agent.Hosting;
using Calico.Agent.Tests.Support;

namespace Calico.Agent.Tests.Hosting;

public sealed class AgentHostTests
{
    private static readonly LogOptions s_quiet = new(IsJson: false, LogLevel.None);

    [Fact]
    public async Task Only_its_owner_can_reach_the_socket()
    {
        await using RunningAgent agent = await RunningAgent.StartAsync();

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(agent.Place.Socket));
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute,
            File.GetUnixFileMode(agent.Place.RunFolder));
    }

    [Fact]
    public async Task A_second_agent_of_an_instance_is_refused_with_the_process_of_the_first()
    {
        await using RunningAgent agent = await RunningAgent.StartAsync();

        var refusal = await Assert.ThrowsAsync<AgentStartException>(() => Host(agent.Place).RunAsync(CancellationToken.None));

        Assert.Equal(
            $"An agent (process {Environment.ProcessId}) already runs as instance 'test'. Stop it first, or give this one another name: `instance: NAME` in its configuration.",
            refusal.Message);
        Assert.Equal(ExitCodes.Success, (await agent.CalicoAsync("status")).ExitCode);
    }

    [Fact]
    public async Task A_stopped_agent_takes_its_socket_away_and_lets_go_of_its_dataplane()
    {
        await using RunningAgent agent = await RunningAgent.StartAsync();

        await agent.StopAsync();

        Assert.False(File.Exists(agent.Place.Socket));
        Assert.True(agent.Dataplane.IsDisposed);
    }

    [Fact]
    public async Task The_socket_that_a_dead_agent_left_is_no_obstacle()
    {
        using var folder = new TemporaryFolder();
        var place = new AgentPlace("test", folder.Path, folder.File("api.sock"));
        Leave(place.Socket);

        using var stop = new CancellationTokenSource();
        var ready = new TaskCompletionSource();
        Task run = new AgentHost(place, s_quiet, _ => new FakeDataplane { Start = _ => { ready.SetResult(); return Task.CompletedTask; } }).RunAsync(stop.Token);
        await Task.WhenAny(run, ready.Task);
        Assert.True(ready.Task.IsCompleted);
        await stop.CancelAsync();
        await run;
    }

    [Fact]
    public async Task A_socket_on_which_somebody_listens_is_left_alone()
    {
        using var folder = new TemporaryFolder();
        var place = new AgentPlace("test", folder.Path, folder.File("api.sock"));
        using var other = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        other.Bind(new UnixDomainSocketEndPoint(place.Socket));
        other.Listen();

        var refusal = await Assert.ThrowsAsync<AgentStartException>(() => Host(place).RunAsync(CancellationToken.None));

        Assert.StartsWith($"Another process listens on {place.Socket}.", refusal.Message, StringComparison.Ordinal);
        Assert.True(File.Exists(place.Socket));
    }

    [Theory]
    [InlineData("content")]
    [InlineData("")]
    public async Task A_plain_file_in_the_sockets_place_is_left_alone(string content)
    {
        using var folder = new TemporaryFolder();
        var place = new AgentPlace("test", folder.Path, folder.File("api.sock", content));

        var refusal = await Assert.ThrowsAsync<AgentStartException>(() => Host(place).RunAsync(CancellationToken.None));

        Assert.StartsWith($"{place.Socket} is in the way", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(content, File.ReadAllText(place.Socket));
    }

    [Fact]
    public async Task A_folder_that_everyone_may_write_to_is_refused()
    {
        using var folder = new TemporaryFolder();
        File.SetUnixFileMode(folder.Path, (UnixFileMode)0b111_111_111);

        var refusal = await Assert.ThrowsAsync<AgentStartException>(
            () => Host(new AgentPlace("test", folder.Path, folder.File("api.sock"))).RunAsync(CancellationToken.None));

        Assert.StartsWith($"Everyone may write to {folder.Path}", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dataplane_that_cannot_start_ends_the_agent_and_frees_the_instance()
    {
        using var folder = new TemporaryFolder();
        var place = new AgentPlace("test", folder.File("run"), folder.File("run/api.sock"));
        var failing = new FakeDataplane { Start = _ => throw new InvalidOperationException("The kernel said no.") };

        var refusal = await Assert.ThrowsAsync<AgentStartException>(() => new AgentHost(place, s_quiet, _ => failing).RunAsync(CancellationToken.None));

        Assert.Equal("The agent cannot start: The kernel said no.", refusal.Message);
        Assert.True(failing.IsDisposed);
        Assert.False(File.Exists(place.Socket));
        InstanceLock.Take(place, "").Dispose();
    }

    [Fact]
    public void An_instance_that_goes_for_good_leaves_no_file_of_its_own()
    {
        using var folder = new TemporaryFolder();
        var place = new AgentPlace("test", folder.File("run"), folder.File("run/api.sock"));

        using (InstanceLock held = InstanceLock.Take(place, ""))
        {
            held.RemoveTraces();
        }

        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    private static AgentHost Host(AgentPlace place) => new(place, s_quiet, _ => new FakeDataplane());

    /// <summary>A socket whose process died: the file is there, and nobody listens.</summary>
    private static void Leave(string path)
    {
        using var dead = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        dead.Bind(new UnixDomainSocketEndPoint(path + ".tmp"));
        File.Move(path + ".tmp", path);
    }
}
