using System.Globalization;

namespace Example.Embedder.Tests;

/// <summary>
/// A node with two workloads, as namespaces, and the files of a dataplane on it:
/// <code>
///  calexemb-PID-a (eth0 10.0.0.10)─veth─(calia) calexemb-PID (calib)─veth─(eth0 10.0.0.11) calexemb-PID-b
/// </code>
/// All of it goes when it is disposed.
/// </summary>
internal sealed class SmallNode : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("calexemb-");

    public SmallNode()
    {
        Name = string.Create(CultureInfo.InvariantCulture, $"calexemb-{Environment.ProcessId}");
        Pins = $"/sys/fs/bpf/{Name}";
        try
        {
            Command.Run("ip", "netns", "add", Name);
            Command.Run([.. In(Name), "ip", "link", "set", "lo", "up"]);
            Directory.CreateDirectory(Path.Combine(_folder.FullName, "resources"));
            AddWorkload("a", "10.0.0.10");
            AddWorkload("b", "10.0.0.11");
            File.WriteAllText(ConfigurationFile, $$"""
                instance: {{Name}}
                node: n1
                interfaces: { workload: ["cali*"], host: [] }
                resources: resources
                paths: { state: state, cache: cache, run: run, bpffs: {{Pins}} }

                """);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public string Name { get; }

    /// <summary>Where the dataplane pins what outlives its process.</summary>
    public string Pins { get; }

    public string ConfigurationFile => Path.Combine(_folder.FullName, "agent.yaml");

    /// <summary>What precedes a command that runs on the node. Not <c>ip netns exec</c>: its /sys has no pins.</summary>
    public string[] OnNode => In(Name);

    /// <summary>What precedes a command that runs in a workload.</summary>
    public string[] InWorkload(string workload) => In($"{Name}-{workload}");

    public void Dispose()
    {
        foreach (string inside in new[] { $"{Name}-a", $"{Name}-b", Name })
        {
            Command.Try("ip", "netns", "delete", inside);
        }

        if (Directory.Exists(Pins))
        {
            Directory.Delete(Pins, recursive: true);
        }

        _folder.Delete(recursive: true);
    }

    private static string[] In(string inside) => ["nsenter", $"--net=/run/netns/{inside}", "--"];

    private void AddWorkload(string workload, string address)
    {
        string inside = $"{Name}-{workload}";
        Command.Run("ip", "netns", "add", inside);
        Command.Run([.. OnNode, "ip", "link", "add", $"cali{workload}", "type", "veth", "peer", "name", "eth0", "netns", inside]);
        Command.Run([.. OnNode, "ip", "link", "set", $"cali{workload}", "up"]);
        foreach (string line in new[]
        {
            "link set lo up", $"addr add {address}/32 dev eth0", "link set eth0 up",
            "route add 169.254.1.1 dev eth0 scope link", "route add default via 169.254.1.1 dev eth0",
        })
        {
            Command.Run([.. In(inside), "ip", .. line.Split(' ')]);
        }

        File.WriteAllText(Path.Combine(_folder.FullName, "resources", $"{workload}.yaml"), $$"""
            apiVersion: projectcalico.org/v3
            kind: WorkloadEndpoint
            metadata: { name: {{workload}}, namespace: default }
            spec:
              node: n1
              workload: {{workload}}
              interfaceName: cali{{workload}}
              ipNetworks: ["{{address}}/32"]

            """);
    }
}
