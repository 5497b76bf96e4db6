using System.CommandLine;
using Calico.Agent.Client;
using Calico.Agent.CommandLine;

namespace Calico.Agent.Commands;

/// <summary><c>calico metrics</c>.</summary>
internal static class MetricsCommand
{
    public static Command Create(CommandContext context)
    {
        var command = new Command("metrics", "What the dataplane and its plugins count, in Prometheus' text format.");
        command.SetAction(async (parsed, cancellation) =>
        {
            using AgentClient agent = context.Connect(parsed);
            context.Terminal.Output.Write(await agent.GetTextAsync("v1/metrics", cancellation));
            return ExitCodes.Success;
        });
        return command;
    }
}
