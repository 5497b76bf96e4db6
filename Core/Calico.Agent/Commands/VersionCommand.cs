using System.CommandLine;
using Calico.Agent.Api;
using Calico.Agent.Api.Contracts;
using Calico.Agent.Client;
using Calico.Agent.CommandLine;
using Calico.Agent.Rendering;

namespace Calico.Agent.Commands;

/// <summary><c>calico version</c>: of everything that a report of a fault should name. Works without an agent.</summary>
internal static class VersionCommand
{
    public static Command Create(CommandContext context)
    {
        var command = new Command("version", "Versions of the command line, the agent, the SDK, libbpf, clang and the kernel.") { context.Format };
        command.SetAction(async (parsed, cancellation) =>
        {
            using AgentClient agent = context.Connect(parsed);
            AgentVersion own = Versions.OfThisProcess();
            var versions = new VersionListing(
                own.Agent, await AgentAsync(agent, cancellation), own.Sdk, own.Runtime, MachineVersions.LibBpf(), MachineVersions.Clang(), MachineVersions.Kernel());
            context.Writer(parsed).Write(Answer.Of(versions, ApiJson.Default.VersionListing, listing => TableView.Of(
            [
                ("Command line", listing.CommandLine),
                ("Agent", listing.Agent ?? $"none on {agent.SocketPath}"),
                ("SDK", listing.Sdk),
                (".NET", listing.Runtime),
                ("libbpf", listing.LibBpf ?? "not installed"),
                ("clang", listing.Clang ?? "not installed"),
                ("Kernel", listing.Kernel),
            ])));
            return ExitCodes.Success;
        });
        return command;
    }

    private static async Task<string?> AgentAsync(AgentClient agent, CancellationToken cancellationToken)
    {
        try
        {
            return (await agent.GetAsync("v1/version", ApiJson.Default.AgentVersion, cancellationToken)).Agent;
        }
        catch (CommandFailure)
        {
            return null;
        }
    }
}
