using System.Text.Json;
using Calico.Agent.Api;
using Calico.Agent.CommandLine;
using Calico.Agent.Demo.Nodes;
using Calico.Agent.Rendering;
using Spectre.Console.Rendering;

namespace Calico.Agent.Demo;

/// <summary>The flows of all nodes, as the plugin that counts them tells.</summary>
internal static class FlowTable
{
    private const string FlowsCommand = "flows";

    private static readonly string[] s_members = ["protocol", "source", "destination", "state", "in", "out", "forwardPackets", "forwardBytes", "replyPackets", "replyBytes"];

    /// <summary>Whether a plugin of this node tells of flows.</summary>
    public static async Task<bool> HasCommandAsync(DemoNode node, CancellationToken cancellationToken) =>
        (await node.Client.GetAsync("v1/commands", ApiJson.Default.IReadOnlyListCommandDescriptor, cancellationToken)).Any(command => command.Name == FlowsCommand);

    /// <summary>The flows seen last, at most so many of each node. An agent that is away, or has no such command, has none.</summary>
    public static async Task<IReadOnlyList<(string Node, JsonElement Flow)>> ReadAsync(DemoWorld world, int most, CancellationToken cancellationToken)
    {
        var flows = new List<(string, JsonElement)>();
        foreach (DemoNode node in world.Nodes)
        {
            var own = new List<JsonElement>();
            try
            {
                await foreach (JsonElement row in node.Client.RunAsync(FlowsCommand, new Dictionary<string, string>(), cancellationToken))
                {
                    own.Add(row);
                }
            }
            catch (CommandFailure)
            {
                continue;
            }

            flows.AddRange(own
                .OrderByDescending(row => row.GetProperty("lastSeen").GetString(), StringComparer.Ordinal)
                .Take(most)
                .Select(row => (node.Name, row)));
        }

        return flows;
    }

    public static IRenderable View(IReadOnlyList<(string Node, JsonElement Flow)> flows)
    {
        Column<(string Node, JsonElement Flow)>[] columns =
        [
            new("NODE", flow => flow.Node),
            .. s_members.Select(member => new Column<(string Node, JsonElement Flow)>(
                Heading.Of(member),
                flow => flow.Flow.TryGetProperty(member, out JsonElement value) ? Cell.Of(value) : Cell.Nothing,
                IsNumber: member.EndsWith("Packets", StringComparison.Ordinal) || member.EndsWith("Bytes", StringComparison.Ordinal))),
        ];
        return TableView.Of(columns, flows);
    }
}
