using Calico.Agent.Demo.Nodes;

namespace Calico.Agent.Demo.Checks;

/// <summary>What must work: everybody with everybody, over TCP, UDP and ICMP, IPv4 and IPv6.</summary>
internal static class TrafficChecks
{
    public static async Task RunAsync(DemoWorld world, CheckList checks, CancellationToken cancellationToken)
    {
        foreach ((string what, string from, string to) in Paths(world))
        {
            foreach (int family in new[] { 4, 6 })
            {
                DemoPeer source = world[from], target = world[to];
                string address = target.Address(family);
                string answer = Sending.Answer(source, target, family);
                checks.Add($"{what}: {from} → {to}, ICMPv{family} echo", "echo", await Sending.PingAsync(source, address, cancellationToken));
                checks.Add($"{what}: {from} → {to}, HTTP over IPv{family}", answer, await Sending.HttpAsync(source, address, cancellationToken));
                checks.Add($"{what}: {from} → {to}, UDP over IPv{family}", answer, await Sending.UdpAsync(source, address, cancellationToken));
            }
        }
    }

    private static IEnumerable<(string What, string From, string To)> Paths(DemoWorld world)
    {
        string first = world.First.Name;
        yield return ("same node", $"{first}/w1", $"{first}/w2");
        yield return ("to its node", $"{first}/w1", first);
        yield return ("from its node", first, $"{first}/w1");
        yield return ("to outside", $"{first}/w1", DemoWorld.Outside);
        yield return ("from outside", DemoWorld.Outside, $"{first}/w1");
        foreach (string other in world.Nodes.Skip(1).Select(node => node.Name))
        {
            yield return ("across nodes", $"{first}/w1", $"{other}/w1");
            yield return ("across nodes", $"{other}/w2", $"{first}/w2");
            yield return ("to another node", $"{first}/w1", other);
            yield return ("from another node", other, $"{first}/w1");
        }
    }
}
