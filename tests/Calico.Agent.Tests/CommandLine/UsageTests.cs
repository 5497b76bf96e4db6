using Calico.Agent.CommandLine;
using Calico.Agent.Tests.Support;

namespace Calico.Agent.Tests.CommandLine;

public sealed class UsageTests
{
    private const string NoSocket = "/run/calico-sdk-test-without-agent/api.sock";

    [Theory]
    [InlineData("status --bad", "Unrecognized command or argument '--bad'.")]
    [InlineData("drops -o xml", "'xml' is not a format. Take table, json or yaml.")]
    [InlineData("drops --watch --interval 0", "--interval must be from 0.1 to 86400 seconds.")]
    [InlineData("drops --watch --interval soon", "'soon' is not a number, which --interval takes.")]
    [InlineData("demo --nodes many", "'many' is not a whole number, which --nodes takes.")]
    [InlineData("agent --log-level loud", "'loud' is not one of Trace, Debug, Information, Warning, Error, Critical, None, which --log-level takes.")]
    [InlineData("chain show", "INTERFACE")]
    [InlineData("chain", "Required command was not provided.")]
    [InlineData("", "Required command was not provided.")]
    [InlineData("--bad", "Unrecognized command or argument '--bad'.")]
    public async Task A_wrong_command_line_is_refused_with_the_code_for_usage(string arguments, string sentence)
    {
        CommandResult result = await CommandResult.OfAsync(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        Assert.Equal(ExitCodes.Usage, result.ExitCode);
        Assert.Contains(sentence, result.Error, StringComparison.Ordinal);
        Assert.Empty(result.Output);
    }

    [Fact]
    public async Task A_wrong_command_line_is_told_where_the_help_is()
    {
        CommandResult result = await CommandResult.OfAsync(["chain", "show", "a", "b"]);

        Assert.EndsWith("See `calico chain show --help`.\n", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("status")]
    [InlineData("interface list")]
    [InlineData("chain show eth0")]
    [InlineData("chain explain workload-ingress")]
    [InlineData("drops")]
    [InlineData("drops --watch")]
    [InlineData("missed-calls")]
    [InlineData("plugin list")]
    [InlineData("get")]
    public async Task Without_an_agent_a_question_ends_with_the_code_for_unavailable_and_says_how_to_start_one(string arguments)
    {
        CommandResult result = await CommandResult.OfAsync([.. arguments.Split(' '), "--socket", NoSocket]);

        Assert.Equal(ExitCodes.Unavailable, result.ExitCode);
        Assert.Equal(
            $"No agent is running: there is no {NoSocket}. Start one with `calico agent --config FILE`, or name another with --instance or --socket.\n",
            result.Error);
    }

    [Fact]
    public async Task The_socket_is_that_of_the_instance()
    {
        CommandResult result = await CommandResult.OfAsync(["status", "--instance", "no-such-instance"]);

        Assert.Contains("there is no /run/calico-sdk/no-such-instance/api.sock", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_word_that_only_an_agent_could_know_says_so_when_there_is_none()
    {
        CommandResult result = await CommandResult.OfAsync(["flows", "--limit", "3", "--socket", NoSocket]);

        Assert.Equal(ExitCodes.Unavailable, result.ExitCode);
        Assert.StartsWith("'flows' is no command of `calico` itself, and which ones the plugins add cannot be asked.", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_without_an_agent_lists_our_commands_and_says_that_the_plugins_are_missing()
    {
        CommandResult result = await CommandResult.OfAsync(["--help", "--socket", NoSocket]);

        Assert.Equal(ExitCodes.Success, result.ExitCode);
        Assert.Contains("The plugins' commands are not listed.", result.Output, StringComparison.Ordinal);
        foreach (string command in (string[])["agent", "status", "interface", "chain", "drops", "missed-calls", "plugin", "get", "version"])
        {
            Assert.Contains($"\n  {command} ", result.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Something_else_on_the_socket_is_not_taken_for_an_agent()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("other.sock");
        using var listener = new System.Net.Sockets.Socket(System.Net.Sockets.AddressFamily.Unix, System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Unspecified);
        listener.Bind(new System.Net.Sockets.UnixDomainSocketEndPoint(path));
        listener.Listen();
        Task answer = Task.Run(async () =>
        {
            using System.Net.Sockets.Socket client = await listener.AcceptAsync();
            await client.SendAsync("220 mail.example.com ESMTP\r\n"u8.ToArray());
        });

        CommandResult result = await CommandResult.OfAsync(["status", "--socket", path]);
        await answer;

        Assert.Equal(ExitCodes.Unavailable, result.ExitCode);
        Assert.Contains("does not answer like an agent", result.Error, StringComparison.Ordinal);
    }
}
