using System.Diagnostics;
using System.Text.Json;

namespace Example.Embedder.Tests;

/// <summary>The service on a node of its own, with real traffic. Needs root, iproute2, ping and curl.</summary>
public sealed class EmbedderTests
{
    [Fact]
    public async Task A_flow_between_workloads_is_seen_by_HTTP_and_what_was_left_behind_is_taken_away()
    {
        using var node = new SmallNode();
        using (var service = new Service(node))
        {
            Assert.Contains("Flows", await service.Get("/", _ => true), StringComparison.Ordinal);
            Assert.True(Pings(node), service.Log);

            // An ICMP flow is forgotten five seconds after its last packet, so they go on while we look.
            string[] ping = [.. node.InWorkload("a"), "ping", "-q", "-i", "0.2", "10.0.0.11"];
            using Process pinging = Process.Start(new ProcessStartInfo(ping[0], ping[1..]) { RedirectStandardOutput = true })!;
            try
            {
                string flows = await service.Get("/flows", answer => Flow(answer) is { } flow && flow.GetProperty("packetsBack").GetInt64() > 2);
                JsonElement flow = Flow(flows)!.Value;
                Assert.Equal((1, "calia", "calib", "Icmp"), (
                    flow.GetProperty("protocol").GetInt32(), flow.GetProperty("from").GetString(), flow.GetProperty("to").GetString(), flow.GetProperty("state").GetString()));
            }
            finally
            {
                pinging.Kill();
            }

            Assert.True(await service.Stop() == 0, service.Log);
        }

        // It has gone, and traffic goes on.
        Assert.True(Pings(node));
        Command.Run(Service.CommandLine(node, "--uninstall", "true"));
        Assert.False(Directory.Exists(node.Pins));
    }

    [Fact]
    public async Task A_second_service_for_the_same_instance_says_why_it_does_not_start()
    {
        using var node = new SmallNode();
        using var first = new Service(node);
        await first.Get("/flows", _ => true);

        (int exitCode, string said) = Command.Try(Service.CommandLine(node));

        Assert.NotEqual(0, exitCode);
        Assert.Contains($"Instance '{node.Name}' is another process's already", said, StringComparison.Ordinal);
        Assert.Equal(0, await first.Stop());
        Command.Run(Service.CommandLine(node, "--uninstall", "true"));
    }

    private static bool Pings(SmallNode node) =>
        Command.Try([.. node.InWorkload("a"), "ping", "-q", "-c", "3", "-i", "0.2", "10.0.0.11"]).ExitCode == 0;

    private static JsonElement? Flow(string answer)
    {
        foreach (JsonElement flow in JsonDocument.Parse(answer).RootElement.EnumerateArray())
        {
            if (flow.GetProperty("source").GetString()!.StartsWith("10.0.0.10:", StringComparison.Ordinal)
                && flow.GetProperty("destination").GetString()!.StartsWith("10.0.0.11:", StringComparison.Ordinal))
            {
                return flow;
            }
        }

        return null;
    }
}
