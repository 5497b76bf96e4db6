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
    public async Task A_good_configuration_is_checked_without_a_word()
    {
        using var folder = new TemporaryFolder();

        CommandResult result = await CommandResult.OfAsync(["agent", "--check", "--config", folder.File("agent.yaml", "instance: test\n")]);

        Assert.Equal(new CommandResult(ExitCodes.Success, "", ""), result);
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
