using Calico.Agent.CommandLine;
using Calico.Agent.Tests.Support;

namespace Calico.Agent.Tests.Commands;

public sealed class VersionCommandTests
{
    [Fact]
    public async Task Everything_that_a_report_of_a_fault_should_name()
    {
        await using RunningAgent agent = await RunningAgent.StartAsync();

        CommandResult result = await agent.CalicoAsync("version");

        Assert.Equal(ExitCodes.Success, result.ExitCode);
        Assert.Matches(@"\ACommand line +\d+\.\d+\.\d+\nAgent +\d+\.\d+\.\d+\nSDK +\d+\.\d+\.\d+\n\.NET +\.NET 10\.\S+\nlibbpf +v1\.\d+\nclang +\S.*\nKernel ", result.Output);
        Assert.Contains($"\nKernel        {File.ReadAllText("/proc/sys/kernel/osrelease").Trim()}\n", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_an_agent_the_rest_is_still_known()
    {
        CommandResult result = await CommandResult.OfAsync(["version", "--socket", "/run/calico-sdk-test-without-agent/api.sock"]);

        Assert.Equal(ExitCodes.Success, result.ExitCode);
        Assert.Contains("\nAgent         none on /run/calico-sdk-test-without-agent/api.sock\n", result.Output, StringComparison.Ordinal);
    }
}
