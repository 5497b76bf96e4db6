using System.Text.Json;
using Calico.Agent.Api.Contracts;
using Calico.Agent.CommandLine;
using Calico.Agent.Tests.Support;

namespace Calico.Agent.Tests.Commands;

public sealed class GetCommandTests
{
    private static readonly ResourceListing s_listing = new(
        [
            new("projectcalico.org/v3", "Node", null, "node-1", "nodes.yaml:1", false, [], Document("""{"kind":"Node"}""")),
            new("projectcalico.org/v3", "WorkloadEndpoint", "default", "web", "web.yaml:3", true, ["web.yaml:9: spec.ports: has no effect"], null),
        ],
        [new(null, null, null, null, "bad.yaml:2", false, ["bad.yaml:2: kind: must be given"])]);

    [Fact]
    public async Task What_is_in_force_and_what_is_refused_with_the_reasons()
    {
        await using RunningAgent agent = await RunningAgent.StartAsync(new FakeDataplane { Listing = s_listing });

        CommandResult result = await agent.CalicoAsync("get");

        Assert.Equal(
            """
            KIND              NAMESPACE  NAME    STATE              SOURCE
            Node              -          node-1  in force           nodes.yaml:1
            WorkloadEndpoint  default    web     last good version  web.yaml:3
            warning: web.yaml:9: spec.ports: has no effect

            REFUSED     NAMESPACE  NAME  IN FORCE INSTEAD  SOURCE
            a document  -          -     nothing           bad.yaml:2
            bad.yaml:2: kind: must be given

            """,
            result.Output);
        Assert.False(agent.Dataplane.LastFilter!.WithDocuments);
    }

    [Theory]
    [InlineData("nodes")]
    [InlineData("Node")]
    public async Task A_kind_may_be_written_as_one_speaks(string kind)
    {
        await using RunningAgent agent = await RunningAgent.StartAsync(new FakeDataplane { Listing = s_listing with { Refused = [] } });

        CommandResult result = await agent.CalicoAsync("get", kind, "node-1", "-o", "yaml");

        Assert.Equal(ExitCodes.Success, result.ExitCode);
        Assert.Contains("  - apiVersion: projectcalico.org/v3\n    kind: Node\n", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("web", result.Output, StringComparison.Ordinal);
        Assert.True(agent.Dataplane.LastFilter!.WithDocuments);
    }

    [Fact]
    public async Task A_name_that_is_not_in_force_is_a_no()
    {
        await using RunningAgent agent = await RunningAgent.StartAsync(new FakeDataplane { Listing = s_listing });

        CommandResult result = await agent.CalicoAsync("get", "node", "node-2");

        Assert.Equal((ExitCodes.Failure, "No node 'node-2' is in force.\n"), (result.ExitCode, result.Error));
    }

    private static JsonElement Document(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}
