using System.CommandLine;
using Calico.Agent.Client;
using Calico.Agent.Hosting;
using Calico.Agent.Rendering;
using Calico.Core.Configuration;

namespace Calico.Agent.CommandLine;

/// <summary>What the commands share: the options that several take, and where they write.</summary>
internal sealed class CommandContext(Terminal terminal, Func<AgentConfiguration, ILoggerFactory, IAgentDataplane> makeDataplane)
{
    // Below a tenth of a second the watch itself becomes the load that one sees.
    private const double ShortestInterval = 0.1, LongestInterval = 86_400;

    /// <summary>Makes what <c>calico agent</c> hosts.</summary>
    public Func<AgentConfiguration, ILoggerFactory, IAgentDataplane> MakeDataplane { get; } = makeDataplane;

    public Terminal Terminal { get; } = terminal;

    public GlobalOptions Global { get; } = new();

    public Option<OutputFormat> Format { get; } = new("--output", "-o")
    {
        Description = "How the answer is written: table, json or yaml.",
        HelpName = "FORMAT",
        CustomParser = argument => argument.Tokens[0].Value switch
        {
            "table" => OutputFormat.Table,
            "json" => OutputFormat.Json,
            "yaml" => OutputFormat.Yaml,
            string other => Refuse(argument, $"'{other}' is not a format. Take table, json or yaml."),
        },
    };

    public Option<bool> Watch { get; } = new("--watch", "-w") { Description = "Ask again and again, until Ctrl-C." };

    public Option<double> Interval { get; } = new("--interval")
    {
        Description = "Seconds between two rounds of --watch.",
        HelpName = "SECONDS",
        DefaultValueFactory = _ => 1,
        CustomParser = argument => Parsing.Number(argument, ShortestInterval, LongestInterval, $"--interval must be from {ShortestInterval} to {LongestInterval} seconds."),
    };

    /// <summary>The agent that is meant.</summary>
    public AgentClient Connect(ParseResult parsed) => Global.Connect(parsed);

    /// <summary>Writes in the format that was asked for.</summary>
    public AnswerWriter Writer(ParseResult parsed) => new(Terminal, parsed.GetValue(Format));

    /// <summary>A command that asks the agent once and writes what it answers.</summary>
    /// <returns>The command, to which options and arguments can be added.</returns>
    public Command Ask(string name, string description, Func<AgentClient, ParseResult, CancellationToken, Task<Answer>> ask)
    {
        var command = new Command(name, description) { Format };
        command.SetAction(async (parsed, cancellation) =>
        {
            using AgentClient agent = Connect(parsed);
            Writer(parsed).Write(await ask(agent, parsed, cancellation));
            return ExitCodes.Success;
        });
        return command;
    }

    /// <summary>A command that can also ask again and again.</summary>
    /// <returns>The command, to which options and arguments can be added.</returns>
    public Command AskOrWatch(string name, string description, Func<AgentClient, ParseResult, CancellationToken, Task<Answer>> ask)
    {
        var command = new Command(name, description) { Format, Watch, Interval };
        command.SetAction(async (parsed, cancellation) =>
        {
            using AgentClient agent = Connect(parsed);
            if (parsed.GetValue(Watch))
            {
                await Writer(parsed).WatchAsync(token => ask(agent, parsed, token), TimeSpan.FromSeconds(parsed.GetValue(Interval)), cancellation);
            }
            else
            {
                Writer(parsed).Write(await ask(agent, parsed, cancellation));
            }

            return ExitCodes.Success;
        });
        return command;
    }

    private static OutputFormat Refuse(System.CommandLine.Parsing.ArgumentResult argument, string sentence)
    {
        argument.AddError(sentence);
        return default;
    }
}
