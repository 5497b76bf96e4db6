using Calico.Lab;

namespace Calico.Node.Tests.Lab;

public sealed class LabProcessTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly LabTopology _lab = LabTopology.Create(new LabOptions
    {
        Prefix = $"calico-net-{Guid.NewGuid():N}"[..20],
        Nodes = 1,
        WorkloadsPerNode = 0,
    });

    private NetworkNamespace Inside => _lab.Nodes[0].Namespace;

    public void Dispose() => _lab.Dispose();

    [Fact]
    public async Task A_process_runs_inside_with_its_environment_and_its_output_is_kept()
    {
        using var process = _lab.Start(Inside, ["sh", "-c", "ip -o link; echo $GREETING; echo to-error >&2"], new Dictionary<string, string> { ["GREETING"] = "hello there" });

        Assert.Equal(0, await process.WaitForExit(Limit, TestContext.Current.CancellationToken));

        Assert.Contains(process.Lines, line => line.Contains("eth0", StringComparison.Ordinal));
        Assert.Contains("hello there", process.Lines);
        Assert.Contains("to-error", process.Lines);
    }

    [Fact]
    public async Task A_line_is_waited_for_whether_it_came_already_or_comes_later()
    {
        using var process = _lab.Start(Inside, "sh", "-c", "echo ready on 80; sleep 1000");

        Assert.Equal("ready on 80", await process.WaitForLine(line => line.StartsWith("ready", StringComparison.Ordinal), Limit, TestContext.Current.CancellationToken));
        Assert.Equal("ready on 80", await process.WaitForLine(line => line.StartsWith("ready", StringComparison.Ordinal), Limit, TestContext.Current.CancellationToken));
        Assert.False(process.HasExited);
    }

    [Fact]
    public async Task A_process_that_ends_without_the_line_is_an_error_that_shows_its_output()
    {
        using var process = _lab.Start(Inside, "sh", "-c", "echo cannot bind; exit 3");

        var error = await Assert.ThrowsAsync<LabException>(() => process.WaitForLine(line => line == "ready", Limit, TestContext.Current.CancellationToken));

        Assert.Contains("exit code 3", error.Message, StringComparison.Ordinal);
        Assert.Contains("cannot bind", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stopping_asks_first_and_lets_the_process_clean_up()
    {
        using var process = _lab.Start(Inside, "sh", "-c", "trap 'echo cleaned; exit 7' TERM; echo ready; while :; do sleep 0.05; done");
        await process.WaitForLine(line => line == "ready", Limit, TestContext.Current.CancellationToken);

        Assert.Equal(7, await process.Stop(Limit));
        Assert.Contains("cleaned", process.Lines);
    }

    [Fact]
    public async Task A_process_that_will_not_stop_is_killed_with_all_that_it_started()
    {
        using var process = _lab.Start(Inside, "sh", "-c", "trap '' TERM; sleep 1000 & echo child $!; wait; wait");
        var line = await process.WaitForLine(line => line.StartsWith("child", StringComparison.Ordinal), Limit, TestContext.Current.CancellationToken);

        Assert.Equal(128 + 9, await process.Stop(TimeSpan.FromMilliseconds(200)));

        var child = line.Split(' ')[1];
        Assert.True(!File.Exists($"/proc/{child}/stat") || File.ReadAllText($"/proc/{child}/stat").Split(' ')[2] == "Z");
    }

    [Fact]
    public async Task A_command_that_does_not_exist_is_reported()
    {
        using var process = _lab.Start(Inside, "no-such-command");

        Assert.Equal(127, await process.WaitForExit(Limit, TestContext.Current.CancellationToken));
        Assert.Contains(process.Lines, line => line.Contains("no-such-command", StringComparison.Ordinal));
    }
}
