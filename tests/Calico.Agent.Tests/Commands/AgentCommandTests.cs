using Calico.Agent.CommandLine;
using Calico.Agent.Tests.Support;

namespace Calico.Agent.Tests.Commands;

public sealed class AgentCommandTests
{
    [Fact]
    public async Task All_that_is_wrong_with_a_configuration_is_printed_with_its_line_and_the_code_for_configuration()
    {
        using var folder = new TemporaryFolder();
        string file = folder.File("agent.yaml", "instance: UPPER\ncolour: red\nflowTable:\n  maxPending: many\n");

        CommandResult result = await CommandResult.OfAsync(["agent", "--config", file]);

        Assert.Equal(ExitCodes.Configuration, result.ExitCode);
        string[] lines = result.Error.TrimEnd('\n').Split('\n');
        Assert.Equal(3, lines.Length);
        Assert.StartsWith($"{file}:1: instance: ", lines[0], StringComparison.Ordinal);
        Assert.StartsWith($"{file}:2: colour: ", lines[1], StringComparison.Ordinal);
        Assert.StartsWith($"{file}:4: flowTable.maxPending: ", lines[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_configuration_that_is_not_there_is_the_code_for_configuration_too()
    {
        CommandResult result = await CommandResult.OfAsync(["agent", "--config", "/nowhere/agent.yaml"]);

        Assert.Equal(ExitCodes.Configuration, result.ExitCode);
        Assert.StartsWith("/nowhere/agent.yaml: does not exist", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_good_configuration_is_told_in_one_line()
    {
        using var folder = new TemporaryFolder();
        string file = folder.File("agent.yaml", "instance: test\nnode: n1\nresources: /r\nplugins: [{ id: acme, version: 1.2.0 }, { folder: /p }, { folder: /q, enabled: false }]\n");

        CommandResult result = await CommandResult.OfAsync(["agent", "--check", "--config", file]);

        Assert.Equal(new CommandResult(ExitCodes.Success, $"{file} is good: instance test, node n1, 2 plugins (1 not enabled), resources from /r.\n", ""), result);
    }

    [Theory]
    [InlineData("{ id: acme, folder: /p }", "plugins[0].folder: stands beside 'id'")]
    [InlineData("{ folder: /p, version: 1.0.0 }", "plugins[0].version: belongs to an 'id'")]
    [InlineData("{ id: Acme }", "plugins[0].id: ")]
    [InlineData("{ id: acme, version: ../1 }", "plugins[0].version: ")]
    [InlineData("{ id: acme }, { id: acme, version: 1.0.0 }", "plugins[1].id: 'acme' is listed already in line 1")]
    [InlineData("{ }", "plugins[0].folder: ")]
    public async Task A_plugin_is_named_by_its_folder_or_by_its_id(string plugins, string reason)
    {
        using var folder = new TemporaryFolder();

        CommandResult result = await CommandResult.OfAsync(["agent", "--check", "--config", folder.File("agent.yaml", $"plugins: [{plugins}]\n")]);

        Assert.Equal(ExitCodes.Configuration, result.ExitCode);
        Assert.Contains(reason, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Folders_of_plugins_in_development_are_added_to_the_configuration()
    {
        using var folder = new TemporaryFolder();
        string file = folder.File("agent.yaml", "instance: test\npaths:\n  run: run\n");
        using var stop = new CancellationTokenSource();
        IReadOnlyList<string> seen = [];

        CommandResult result = await CommandResult.OfAsync(
            ["agent", "--config", file, "--log-level", "None", "--dev", folder.Path + "/", "--dev", folder.Path],
            (configuration, _) =>
            {
                seen = configuration.DevelopmentFolders;
                stop.Cancel();
                return new FakeDataplane();
            },
            stop.Token);

        Assert.Equal([folder.Path], seen);
        Assert.Empty(result.Error);
        Assert.Equal(
            new CommandResult(ExitCodes.Usage, "", "There is no folder /nowhere. Give --dev the output folder of the plugin's build, such as bin/Debug/net10.0.\n"),
            await CommandResult.OfAsync(["agent", "--config", file, "--dev", "/nowhere"]));
    }

    [Fact]
    public async Task A_second_agent_fails_with_a_sentence()
    {
        await using RunningAgent agent = await RunningAgent.StartAsync();
        using var folder = new TemporaryFolder();
        string file = folder.File("agent.yaml", $"instance: test\npaths:\n  run: {agent.Place.RunFolder}\n");

        CommandResult result = await CommandResult.OfAsync(["agent", "--config", file, "--log-level", "None"]);

        Assert.Equal(ExitCodes.Failure, result.ExitCode);
        Assert.StartsWith("An agent (process ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_agent_runs_until_it_is_interrupted_and_that_is_a_success()
    {
        using var folder = new TemporaryFolder();
        string file = folder.File("agent.yaml", "instance: test\npaths:\n  run: run\n");
        using var interruption = new CancellationTokenSource();
        var dataplane = new FakeDataplane { Start = _ => { interruption.CancelAfter(50); return Task.CompletedTask; } };

        CommandResult result = await CommandResult.OfAsync(
            ["agent", "--config", file, "--log-level", "None"], (_, _) => dataplane, interruption.Token);

        Assert.Equal((ExitCodes.Success, ""), (result.ExitCode, result.Error));
        Assert.True(dataplane.IsDisposed);
    }
}
