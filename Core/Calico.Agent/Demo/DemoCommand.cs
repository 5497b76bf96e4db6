using System.CommandLine;
using Calico.Agent.CommandLine;
using Calico.Lab;

namespace Calico.Agent.Demo;

/// <summary><c>calico demo</c>: nodes and workloads on this machine, agents, real traffic, and a table of what was seen.</summary>
internal static class DemoCommand
{
    private const int MostNodes = 20;
    private const string DefaultName = "demo";

    public static Command Create(CommandContext context)
    {
        var nodes = new Option<int>("--nodes")
        {
            Description = "How many nodes, each with two workloads.",
            HelpName = "N",
            DefaultValueFactory = _ => 2,
            CustomParser = argument => Parsing.Whole(argument, 1, MostNodes, $"--nodes must be from 1 to {MostNodes}."),
        };
        var plugins = new Option<string[]>("--plugin")
        {
            Description = "A further plugin: the folder with its assembly, or its package. Can be given several times.",
            HelpName = "FOLDER|NUPKG",
        };
        var once = new Option<bool>("--once") { Description = "End after the table; exit 0 only if all was as expected." };
        var name = new Option<string>("--name") { Description = "Tells demos apart that run at the same time.", DefaultValueFactory = _ => DefaultName, Hidden = true };
        var command = new Command("demo", "Two nodes and their workloads on this machine, with agents and real traffic. Needs root.") { nodes, plugins, once, name };
        command.SetAction(async (parsed, cancellation) =>
        {
            var demo = new DemoRun(
                context.Terminal,
                new DemoPlace(parsed.GetRequiredValue(name)),
                parsed.GetValue(nodes),
                parsed.GetValue(plugins) ?? [],
                parsed.GetValue(once));
            try
            {
                return await demo.RunAsync(cancellation);
            }
            catch (LabException failure)
            {
                throw new CommandFailure(ExitCodes.Failure, failure.Message);
            }
        });
        return command;
    }
}
