using Calico.Agent.CommandLine;
using Calico.Agent.Hosting;
using Calico.Core.Configuration;

namespace Calico.Agent.Tests.Support;

/// <summary>What a command line did.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Error">Standard error.</param>
internal sealed record CommandResult(int ExitCode, string Output, string Error)
{
    public static async Task<CommandResult> OfAsync(
        string[] arguments,
        Func<AgentConfiguration, ILoggerFactory, IAgentDataplane>? makeDataplane = null,
        CancellationToken cancellationToken = default)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        int code = await CalicoCommandLine.RunAsync(
            arguments, Terminal.To(output, error), makeDataplane ?? ((_, _) => new FakeDataplane()), cancellationToken);
        return new CommandResult(code, output.ToString(), error.ToString());
    }
}
