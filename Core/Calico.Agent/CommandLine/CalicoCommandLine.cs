using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Calico.Agent.Api;
using Calico.Agent.Api.Contracts;
using Calico.Agent.Client;
using Calico.Agent.Commands;
using Calico.Agent.Commands.Plugins;
using Calico.Agent.Demo;
using Calico.Agent.Demo.Peers;
using Calico.Agent.Hosting;
using Calico.Core.Configuration;

namespace Calico.Agent.CommandLine;

/// <summary>
/// The <c>calico</c> command line. The commands of plugins are asked for from the agent, and only where a first word is
/// none of our own, or the help is wanted.
/// </summary>
internal static class CalicoCommandLine
{
    /// <summary>Runs one command line to its exit code.</summary>
    public static async Task<int> RunAsync(
        IReadOnlyList<string> arguments,
        Terminal terminal,
        Func<AgentConfiguration, ILoggerFactory, IAgentDataplane> makeDataplane,
        CancellationToken cancellationToken)
    {
        try
        {
            var context = new CommandContext(terminal, makeDataplane);
            RootCommand root = Build(context);
            ParseResult parsed = root.Parse(arguments);
            if (parsed.CommandResult.Command == root)
            {
                parsed = await WithPluginCommandsAsync(root, parsed, arguments, context, cancellationToken);
            }

            if (parsed.Action is ParseErrorAction)
            {
                return RefuseUsage(parsed, terminal);
            }

            var configuration = new InvocationConfiguration
            {
                Output = terminal.Output,
                Error = terminal.Error,
                EnableDefaultExceptionHandler = false,
                // Signals are ours: a demo or an agent takes its time to put things in order.
                ProcessTerminationTimeout = null,
            };
            return await parsed.InvokeAsync(configuration, cancellationToken);
        }
        catch (CommandFailure failure)
        {
            await terminal.Error.WriteLineAsync(failure.Message);
            return failure.ExitCode;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return ExitCodes.Failure;
        }
#pragma warning disable CA1031 // The end of the line: what nobody foresaw is shown whole, and the caller gets a code.
        catch (Exception unforeseen)
#pragma warning restore CA1031
        {
            await terminal.Error.WriteLineAsync($"Something failed that `calico` did not foresee; please report it with `calico version`.\n{unforeseen}");
            return ExitCodes.Software;
        }
    }

    /// <summary>The first words that no plugin can have.</summary>
    public static IReadOnlySet<string> OwnCommands() =>
        Build(new CommandContext(Terminal.To(TextWriter.Null, TextWriter.Null), (_, _) => throw new NotSupportedException()))
            .Subcommands.Select(command => command.Name).ToHashSet(StringComparer.Ordinal);

    /// <summary>The commands that need no plugin.</summary>
    private static RootCommand Build(CommandContext context) => new("Runs and asks the agent of a plugin-extensible eBPF dataplane.")
    {
        context.Global.Instance,
        context.Global.Socket,
        AgentCommand.Create(context),
        DemoCommand.Create(context),
        PeerCommand.Create(),
        StatusCommand.Create(context),
        InterfaceCommand.Create(context),
        ChainCommand.Create(context),
        DropsCommand.Create(context),
        MissedCallsCommand.Create(context),
        MetricsCommand.Create(context),
        PluginCommand.Create(context),
        ReloadCommand.Create(context),
        GetCommand.Create(context),
        VersionCommand.Create(context),
        UninstallCommand.Create(context),
    };

    private static async Task<ParseResult> WithPluginCommandsAsync(
        RootCommand root, ParseResult parsed, IReadOnlyList<string> arguments, CommandContext context, CancellationToken cancellationToken)
    {
        string? word = parsed.UnmatchedTokens.FirstOrDefault(token => !token.StartsWith('-'));
        bool isHelp = parsed.Action is HelpAction;
        if (word is null && !isHelp)
        {
            return parsed;
        }

        using AgentClient agent = context.Connect(parsed);
        try
        {
            foreach (CommandDescriptor descriptor in await agent.GetAsync("v1/commands", ApiJson.Default.IReadOnlyListCommandDescriptor, cancellationToken))
            {
                if (!root.Subcommands.Any(own => own.Name == descriptor.Name))
                {
                    root.Add(PluginCommandLine.Create(context, descriptor));
                }
            }
        }
        catch (CommandFailure failure) when (word is not null)
        {
            throw new CommandFailure(failure.ExitCode, $"'{word}' is no command of `calico` itself, and which ones the plugins add cannot be asked. {failure.Message}");
        }
        catch (CommandFailure failure)
        {
            root.Description += $"\n  The plugins' commands are not listed. {failure.Message}";
        }

        return root.Parse(arguments);
    }

    private static int RefuseUsage(ParseResult parsed, Terminal terminal)
    {
        foreach (string error in parsed.Errors.Select(error => error.Message).Distinct())
        {
            terminal.Error.WriteLine(error);
        }

        IEnumerable<string> path = parsed.CommandResult.RecurseWhileNotNull(result => result.Parent as System.CommandLine.Parsing.CommandResult)
            .Select(result => result.Command is RootCommand ? "calico" : result.Command.Name)
            .Reverse();
        terminal.Error.WriteLine($"See `{string.Join(' ', path)} --help`.");
        return ExitCodes.Usage;
    }

    private static IEnumerable<T> RecurseWhileNotNull<T>(this T? first, Func<T, T?> next)
        where T : class
    {
        for (T? current = first; current is not null; current = next(current))
        {
            yield return current;
        }
    }
}
