using Calico.Agent.CommandLine;
using Calico.Agent.Tests.Support;

namespace Calico.Agent.Tests.Commands;

public sealed class UninstallCommandTests
{
    [Fact]
    public async Task An_instance_whose_agent_runs_is_left_alone()
    {
        await using RunningAgent agent = await RunningAgent.StartAsync();
        using var folder = new TemporaryFolder();
        string file = folder.File("agent.yaml", $"instance: test\npaths:\n  run: {agent.Place.RunFolder}\n");

        CommandResult result = await CommandResult.OfAsync(["uninstall", "--config", file]);

        Assert.Equal(ExitCodes.Failure, result.ExitCode);
        Assert.EndsWith("already runs as instance 'test'. Stop it first: it would attach again what is detached.\n", result.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Success, (await agent.CalicoAsync("status")).ExitCode);
    }

    [Fact]
    public async Task The_configuration_of_another_instance_is_refused()
    {
        using var folder = new TemporaryFolder();

        CommandResult result = await CommandResult.OfAsync(["uninstall", "--instance", "one", "--config", folder.File("agent.yaml", "instance: two\n")]);

        Assert.Equal(ExitCodes.Usage, result.ExitCode);
        Assert.Contains("is the configuration of instance 'two', not of 'one'", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../up")]
    [InlineData("a\"b")]
    public async Task A_name_that_is_none_is_refused(string name)
    {
        CommandResult result = await CommandResult.OfAsync(["uninstall", "--instance", name]);

        Assert.Equal(ExitCodes.Usage, result.ExitCode);
        Assert.NotEmpty(result.Error);
    }
}
