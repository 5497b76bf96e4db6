using Calico.Agent.CommandLine;
using Calico.Agent.Tests.Support;

namespace Calico.Agent.Tests.CommandLine;

public sealed class PluginCommandLineTests
{
    [Fact]
    public async Task The_help_lists_the_plugins_commands_beside_ours()
    {
        await using RunningAgent agent = await RunningAgent.StartAsync();

        CommandResult help = await agent.CalicoAsync("--help");
        CommandResult own = await agent.CalicoAsync("flows", "--help");

        Assert.Matches(@"\n  flows +Lists the flows. \(plugin flow-counters\)", help.Output);
        Assert.DoesNotContain("Hides behind a name of ours", help.Output, StringComparison.Ordinal);
        Assert.Contains("At most so many. [default: 100]", own.Output, StringComparison.Ordinal);
        Assert.Contains("--watch", own.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Options_reach_the_plugin_as_they_were_given_and_only_those()
    {
        await using RunningAgent agent = await RunningAgent.StartAsync();

        CommandResult result = await agent.CalicoAsync("flows", "--protocol", "tcp", "--limit", "7", "--all");

        Assert.Equal((ExitCodes.Success, ""), (result.ExitCode, result.Error));
        Assert.Equal(
            new Dictionary<string, string> { ["protocol"] = "tcp", ["limit"] = "7", ["all"] = "true" },
            agent.Dataplane.LastOptions);

        await agent.CalicoAsync("flows");
        Assert.Empty(agent.Dataplane.LastOptions!);
    }

    [Theory]
    [InlineData("flows --limit many", "many")]
    [InlineData("flows --colour", "--colour")]
    [InlineData("flwos", "flwos")]
    public async Task What_the_plugin_does_not_take_is_refused_with_the_code_for_usage(string arguments, string named)
    {
        await using RunningAgent agent = await RunningAgent.StartAsync();

        CommandResult result = await agent.CalicoAsync(arguments.Split(' '));

        Assert.Equal(ExitCodes.Usage, result.ExitCode);
        Assert.Contains(named, result.Error, StringComparison.Ordinal);
        Assert.Null(agent.Dataplane.LastOptions);
    }

    [Fact]
    public async Task Where_a_plugin_has_an_option_of_our_name_its_meaning_holds()
    {
        await using RunningAgent agent = await RunningAgent.StartAsync();

        await agent.CalicoAsync("odd", "--watch", "birds", "--output", "7");

        Assert.Equal(new Dictionary<string, string> { ["watch"] = "birds", ["output"] = "7" }, agent.Dataplane.LastOptions);
    }

    [Fact]
    public async Task The_table_has_the_plugins_columns_with_numbers_to_the_right()
    {
        await using RunningAgent agent = await RunningAgent.StartAsync();

        CommandResult result = await agent.CalicoAsync("flows");

        Assert.Equal(
            """
            PROTOCOL  SOURCE          FORWARD PACKETS  STARTED
            tcp       10.0.0.1:40000               12  2026-01-02 03:04:05Z
            icmp      10.0.0.2                      3  -

            """,
            result.Output);
    }

    [Fact]
    public async Task JSON_and_YAML_have_all_that_the_plugin_sent()
    {
        await using RunningAgent agent = await RunningAgent.StartAsync(new FakeDataplane { Flows = _ => FakeDataplane.Rows("""{"source":"10.0.0.2","text":"yes","extra":[1,{"a":null}]}""") });

        Assert.Equal(
            """
            [
              {
                "source": "10.0.0.2",
                "text": "yes",
                "extra": [
                  1,
                  {
                    "a": null
                  }
                ]
              }
            ]

            """,
            (await agent.CalicoAsync("flows", "-o", "json")).Output);
        Assert.Equal(
            """
            - source: 10.0.0.2
              text: "yes"
              extra:
                - 1
                - a: null

            """,
            (await agent.CalicoAsync("flows", "-o", "yaml")).Output);
    }

    [Fact]
    public async Task No_rows_are_a_heading_and_empty_lists()
    {
        await using RunningAgent agent = await RunningAgent.StartAsync(new FakeDataplane { Flows = _ => FakeDataplane.Rows() });

        Assert.Equal("PROTOCOL  SOURCE  FORWARD PACKETS  STARTED\n", (await agent.CalicoAsync("flows")).Output);
        Assert.Equal("[]\n", (await agent.CalicoAsync("flows", "-o", "json")).Output);
        Assert.Equal("[]\n", (await agent.CalicoAsync("flows", "-o", "yaml")).Output);
    }

    [Fact]
    public async Task A_plugin_that_fails_half_way_fails_the_command_with_its_sentence()
    {
        await using RunningAgent agent = await RunningAgent.StartAsync(new FakeDataplane { Flows = _ => OneRowAndThenAFailure() });

        CommandResult result = await agent.CalicoAsync("flows");

        Assert.Equal((ExitCodes.Failure, "the table went away\n"), (result.ExitCode, result.Error));
    }

    [Fact]
    public async Task A_watch_goes_on_until_it_is_interrupted_and_that_is_a_success()
    {
        using var interruption = new CancellationTokenSource();
        int runs = 0;
        await using RunningAgent agent = await RunningAgent.StartAsync(new FakeDataplane
        {
            Flows = _ =>
            {
                if (++runs == 3)
                {
                    interruption.Cancel();
                }

                return FakeDataplane.Rows("""{"run":1}""");
            },
        });

        CommandResult result = await CommandResult.OfAsync(
            ["flows", "--watch", "--interval", "0.1", "-o", "json", "--socket", agent.Place.Socket], cancellationToken: interruption.Token);

        Assert.Equal(ExitCodes.Success, result.ExitCode);
        Assert.StartsWith("[{\"run\":1}]\n[{\"run\":1}]\n", result.Output, StringComparison.Ordinal);
    }

    private static async IAsyncEnumerable<string> OneRowAndThenAFailure()
    {
        yield return """{"protocol":"tcp"}""";
        await Task.Delay(50);
        throw new InvalidOperationException("the table went away");
    }
}
