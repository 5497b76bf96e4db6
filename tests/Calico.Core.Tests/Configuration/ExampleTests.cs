using Calico.Core.Configuration;
using Calico.Core.Resources;
using Calico.Core.Resources.Documents;
using Calico.Sdk.Resources;

namespace Calico.Core.Tests.Configuration;

public sealed class ExampleTests
{
    [Fact]
    public void The_example_configuration_holds_the_defaults_that_it_claims()
    {
        AgentConfiguration example = AgentConfigurationReader.Load(Path.Combine(Examples(), "agent.yaml"));
        AgentConfiguration defaults = AgentConfigurationReader.Read("node: node-1", "/etc/calico-sdk/agent.yaml");

        Assert.Equal(defaults.Instance, example.Instance);
        Assert.Equal(defaults.NodeName, example.NodeName);
        Assert.Equal(defaults.Interfaces.Workload, example.Interfaces.Workload.AsEnumerable());
        Assert.Equal(defaults.Interfaces.Host, example.Interfaces.Host.AsEnumerable());
        Assert.Equal(defaults.Interfaces.Tunnel, example.Interfaces.Tunnel.AsEnumerable());
        Assert.Equal(defaults.Attach, example.Attach);
        Assert.Equal(defaults.ResourceFolder, example.ResourceFolder);
        Assert.Equal(defaults.FlowTable, example.FlowTable);
        Assert.Equal(defaults.Mark, example.Mark);
        Assert.Equal(defaults.HostRouting, example.HostRouting);
        Assert.Equal(defaults.Dhcp, example.Dhcp);
        Assert.Equal(defaults.Guard, example.Guard);
        Assert.Equal(defaults.Paths, example.Paths);
    }

    [Fact]
    public void The_example_resources_are_accepted_without_a_warning()
    {
        var store = new ResourceStore(CalicoKinds.All, []);
        foreach (string file in Directory.EnumerateFiles(Path.Combine(Examples(), "resources"), "*.yaml"))
        {
            store.Apply("folder", new SourceBatch(false, [new OriginRead(file, YamlText.Read(File.ReadAllText(file), file))]));
        }

        Assert.Empty(store.Snapshot.Refused);
        Assert.All(store.Snapshot.Held, held => Assert.Empty(held.Warnings));
        Assert.Equal(["node-1", "node-2"], store.Snapshot.All<Node>().Select(node => node.Metadata.Name).Order());
        Assert.Equal(2, store.Snapshot.All<WorkloadEndpoint>().Count());
    }

    private static string Examples()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Calico.Sdk.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        Assert.NotNull(folder);
        return Path.Combine(folder, "examples");
    }
}
