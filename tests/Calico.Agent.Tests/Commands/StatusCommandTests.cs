using Calico.Agent.CommandLine;
using Calico.Agent.Tests.Support;

namespace Calico.Agent.Tests.Commands;

public sealed class StatusCommandTests
{
    [Fact]
    public async Task All_is_well()
    {
        await using RunningAgent agent = await RunningAgent.StartAsync();

        CommandResult result = await agent.CalicoAsync("status");

        Assert.Equal(ExitCodes.Success, result.ExitCode);
        Assert.Equal(
            """
            Instance     test
            Node         node-1
            Generation   3
            Loaded       2026-01-02 03:04:05Z
            Attached by  tcx
            Guard        netfilter
            Interfaces   2
            Workloads    1
            Stages       4
            Programs     14
            In memory    1 plugin assemblies
            Problems     none

            """,
            result.Output);
    }

    [Fact]
    public async Task A_problem_is_shown_without_what_it_would_do_to_the_screen_and_makes_the_answer_no()
    {
        await using RunningAgent agent = await RunningAgent.StartAsync(new FakeDataplane { Problems = { "first", "sec\u001b[2Jond [red]" } });

        CommandResult result = await agent.CalicoAsync("status");

        Assert.Equal(ExitCodes.Failure, result.ExitCode);
        Assert.Contains("\nProblem      first\nProblem      sec [2Jond [red]\n", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_agent_that_starts_says_so()
    {
        await using RunningAgent agent = await RunningAgent.StartAsync(
            new FakeDataplane { Start = token => Task.Delay(Timeout.Infinite, token) }, untilReady: false);

        CommandResult result = await agent.CalicoAsync("status");

        Assert.Equal(ExitCodes.Unavailable, result.ExitCode);
        Assert.StartsWith("The agent is starting", result.Error, StringComparison.Ordinal);
    }
}
