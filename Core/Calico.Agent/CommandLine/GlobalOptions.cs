using System.CommandLine;
using Calico.Agent.Client;

namespace Calico.Agent.CommandLine;

/// <summary>The options that tell which agent is meant. Every command takes them.</summary>
internal sealed class GlobalOptions
{
    private const string DefaultInstance = "default";

    public Option<string> Instance { get; } = new("--instance")
    {
        Description = "The agent's instance name.",
        HelpName = "NAME",
        Recursive = true,
        DefaultValueFactory = _ => DefaultInstance,
    };

    public Option<string?> Socket { get; } = new("--socket")
    {
        Description = "The agent's socket, where it is not /run/calico-sdk/INSTANCE/api.sock.",
        HelpName = "PATH",
        Recursive = true,
    };

    /// <summary>The client of the agent that is meant. It connects when it is used.</summary>
    public AgentClient Connect(ParseResult parsed) => new(SocketOf(parsed));

    private string SocketOf(ParseResult parsed) =>
        parsed.GetValue(Socket) ?? $"/run/calico-sdk/{parsed.GetValue(Instance) ?? DefaultInstance}/api.sock";
}
