using System.CommandLine;
using Calico.Agent.CommandLine;

namespace Calico.Agent.Demo.Peers;

/// <summary>
/// <c>calico demo-peer</c>: a server and client of HTTP and UDP, one in each network namespace of the demo, which is told
/// over a socket of its own what to send. Not for people.
/// </summary>
internal static class PeerCommand
{
    public const string Name = "demo-peer";

    public static Command Create()
    {
        var name = new Argument<string>("NAME") { Description = "What it calls itself." };
        var control = new Option<string>("--control") { Description = "The unix socket over which it is told what to send.", Required = true };
        var command = new Command(Name, "A peer of the demo.") { name, control };
        command.Hidden = true;
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var peer = new Peer(parsed.GetRequiredValue(name), parsed.GetRequiredValue(control));
            await peer.RunAsync(cancellation);
            return ExitCodes.Success;
        });
        return command;
    }
}
