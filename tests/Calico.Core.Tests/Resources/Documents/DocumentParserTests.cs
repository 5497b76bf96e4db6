using Calico.Core.Resources.Documents;
using Calico.Sdk.Net;
using Calico.Sdk.Resources;

namespace Calico.Core.Tests.Resources.Documents;

public sealed class DocumentParserTests
{
    private static ParsedDocument[] Parse(string text) =>
        [.. new DocumentParser(new ResourceKinds(CalicoKinds.All)).Parse(YamlText.Read(text, "f.yaml"))];

    private static string[] Problems(string text) => [.. Parse(text).SelectMany(document => document.Problems).Select(problem => problem.ToString())];

    private static string Endpoint(string spec, string metadata = "name: w") =>
        $"apiVersion: projectcalico.org/v3\nkind: WorkloadEndpoint\nmetadata: {{ {metadata} }}\nspec:\n{spec}";

    [Fact]
    public void A_workload_endpoint_is_read_in_full()
    {
        ParsedDocument document = Assert.Single(Parse("""
            apiVersion: projectcalico.org/v3
            kind: WorkloadEndpoint
            metadata:
              name: n1-k8s-web-eth0
              namespace: shop
              labels: { app: web, version: 1.10, empty: "" }
              annotations: { note: "a, b" }
              uid: 5e1c
              resourceVersion: "123"
              generation: 4
              creationTimestamp: 2026-01-01T00:00:00Z
            spec:
              node: n1
              orchestrator: k8s
              workload: web
              pod: web-0
              endpoint: eth0
              containerID: 0123abc
              interfaceName: cali123
              mac: EE:EE:EE:EE:EE:EE
              ipNetworks: [10.0.0.5/32, 10.0.0.6, "fd00::5/128"]
              ipv4Gateway: 169.254.1.1
              ipv6Gateway: fe80::1
              profiles: [kns.shop, ksa.shop.default]
              ports:
                - { name: http, protocol: TCP, port: 80, hostPort: 8080, hostIP: 192.0.2.1 }
                - { name: dns, protocol: udp, port: 53, hostPort: 0, hostIP: "" }
              serviceAccountName: default
              allowSpoofedSourcePrefixes: [198.51.100.7/24]
            """));

        Assert.Empty(document.Problems);
        var endpoint = (WorkloadEndpoint)document.Resource!;
        Assert.Equal("WorkloadEndpoint shop/n1-k8s-web-eth0", document.Key!.ToString());
        Assert.Equal(("1.10", "", "123", 4L), (endpoint.Metadata.Labels["version"], endpoint.Metadata.Labels["empty"], endpoint.Metadata.ResourceVersion, endpoint.Metadata.Generation));
        WorkloadEndpointSpec spec = endpoint.Spec;
        Assert.Equal(("n1", "k8s", "web", "web-0", "eth0", "0123abc", "cali123", "default"),
            (spec.Node, spec.Orchestrator, spec.Workload, spec.Pod, spec.Endpoint, spec.ContainerId, spec.InterfaceName, spec.ServiceAccountName));
        Assert.Equal(MacAddress.Parse("ee:ee:ee:ee:ee:ee"), spec.Mac);
        Assert.Equal(["10.0.0.5/32", "10.0.0.6/32", "fd00::5/128"], spec.IpNetworks.Select(network => network.ToString()));
        Assert.Equal(["198.51.100.0/24"], spec.AllowSpoofedSourcePrefixes.Select(network => network.ToString()));
        Assert.Equal(("169.254.1.1", "fe80::1"), (spec.IPv4Gateway!.ToString(), spec.IPv6Gateway!.ToString()));
        Assert.Equal(["kns.shop", "ksa.shop.default"], spec.Profiles);
        Assert.Equal([("http", 6, 80, 8080, "192.0.2.1"), ("dns", 17, 53, 0, null)],
            spec.Ports.Select(port => (port.Name, (int)port.Protocol, (int)port.Port, (int)(port.HostPort ?? 0), port.HostIP?.ToString())));
    }

    [Fact]
    public void A_node_is_read_in_full_and_its_status_is_ignored()
    {
        ParsedDocument document = Assert.Single(Parse("""
            apiVersion: projectcalico.org/v3
            kind: Node
            metadata: { name: n1 }
            spec:
              addresses:
                - { address: 10.1.0.1/24, type: CalicoNodeIP }
                - { address: "fd00::1" }
              bgp: { ipv4Address: 10.1.0.1/24, ipv6Address: fd00::1/64, ipv4IPIPTunnelAddr: 10.65.0.1 }
              ipv4VXLANTunnelAddr: 10.65.0.2
              vxlanTunnelMACAddr: 66:00:00:00:00:01
              ipv6VXLANTunnelAddr: fd65::2
              vxlanTunnelMACAddrV6: 66:00:00:00:00:02
              orchRefs: [{ nodeName: n1.example, orchestrator: k8s }]
            status: { podCIDRs: [10.65.0.0/24], anything: [1] }
            """));

        Assert.Empty(document.Problems);
        NodeSpec spec = ((Node)document.Resource!).Spec;
        Assert.Equal(("10.1.0.1/24", "10.1.0.0/24", "fd00::1/64", "10.65.0.1"),
            (spec.Bgp!.IPv4Address!.ToString(), spec.Bgp.IPv4Address.Network.ToString(), spec.Bgp.IPv6Address!.ToString(), spec.Bgp.IPv4IpipTunnelAddress!.ToString()));
        Assert.Equal([("10.1.0.1", NodeAddressType.CalicoNodeIP), ("fd00::1", (NodeAddressType?)null)], spec.Addresses.Select(address => (address.Address.ToString(), address.Type)));
        Assert.Equal(("10.65.0.2", "66:00:00:00:00:01", "fd65::2", "66:00:00:00:00:02"),
            (spec.IPv4VxlanTunnelAddress!.ToString(), spec.VxlanTunnelMac.ToString(), spec.IPv6VxlanTunnelAddress!.ToString(), spec.VxlanTunnelMacV6.ToString()));
        Assert.Equal([new OrchestratorReference("k8s", "n1.example")], spec.OrchestratorReferences);
    }

    [Fact]
    public void Valid_fields_of_calico_that_have_no_effect_are_warnings_with_their_path()
    {
        ParsedDocument document = Assert.Single(Parse(Endpoint("  node: n\n  interfaceName: cali1\n  ipNATs: [{ internalIP: 10.0.0.1, externalIP: 1.1.1.1 }]\n  qosControls: { egressBandwidth: 10M }\n")));
        Assert.NotNull(document.Resource);
        Assert.All(document.Problems, problem => Assert.Equal(ProblemSeverity.Warning, problem.Severity));
        Assert.Equal(["spec.ipNATs", "spec.qosControls"], document.Problems.Select(problem => problem.Path));
        Assert.Equal(["spec.wireguard", "spec.bgp.asNumber"], Parse("apiVersion: projectcalico.org/v3\nkind: Node\nmetadata: {name: n}\nspec: { bgp: { asNumber: 64512 }, wireguard: { interfaceIPv4Address: 1.1.1.1 } }")
            .Single().Problems.Select(problem => problem.Path).OrderDescending(StringComparer.Ordinal));
    }

    [Fact]
    public void All_mistakes_of_a_document_are_reported_at_once()
    {
        string[] problems = Problems(Endpoint("""
              interfaceName: an-interface-too-long
              mac: 01:00:5e:00:00:01
              ipNetworks: [10.0.0.0/24, 10.0.0.256, fe80::1%eth0]
              ipv4Gateway: fd00::1
              ports: [{ name: HTTP, protocol: ICMP, port: 70000 }, 80, { name: x }]
              profiles: one
              ipNetwork: 10.0.0.1
            """, "name: w, namespace: Shop, labels: { 'a b': c }"));

        string[] parts =
        [
            "f.yaml:3: metadata.namespace: 'Shop' is not a name",
            "f.yaml:3: metadata.labels: 'a b' is not a label's name",
            "f.yaml:4: spec.node: is required",
            "f.yaml:5: spec.interfaceName: 'an-interface-too-long' is longer than the 15 characters",
            "f.yaml:6: spec.mac: '01:00:5e:00:00:01' is the address of a group",
            "f.yaml:7: spec.ipNetworks[1]: '10.0.0.256' is not an IP address",
            "f.yaml:7: spec.ipNetworks[2]: 'fe80::1%eth0' names an interface after '%'",
            "f.yaml:7: spec.ipNetworks: '10.0.0.0/24' is not one address",
            "f.yaml:8: spec.ipv4Gateway: 'fd00::1' is not an IPv4 address",
            "f.yaml:9: spec.ports[0].name: 'HTTP' is not a port name",
            "f.yaml:9: spec.ports[0].protocol: 'ICMP' is not a protocol with ports",
            "f.yaml:9: spec.ports[0].port: must be a whole number from 1 to 65535, but is the value '70000'",
            "f.yaml:9: spec.ports[1]: must be a mapping of fields, but is the value '80'",
            "f.yaml:9: spec.ports[2].protocol: is required",
            "f.yaml:9: spec.ports[2].port: is required",
            "f.yaml:10: spec.profiles: must be a list, but is the value 'one'",
            "f.yaml:11: spec.ipNetwork: is not a known field",
        ];
        Assert.All(parts, part => Assert.Contains(problems, problem => problem.StartsWith(part, StringComparison.Ordinal)));
        Assert.Equal(parts.Length, problems.Length);
    }

    [Theory]
    [InlineData("kind: Node\nmetadata: {name: a}", "f.yaml:1: apiVersion: is required")]
    [InlineData("apiVersion: projectcalico.org/v3\nmetadata: {name: a}", "f.yaml:1: kind: is required")]
    [InlineData("apiVersion: projectcalico.org/v3\nkind: Node", "f.yaml:1: metadata: is required")]
    [InlineData("apiVersion: projectcalico.org/v3\nkind: Node\nmetadata: {}", "f.yaml:3: metadata.name: is required")]
    [InlineData("apiVersion: projectcalico.org/v2\nkind: Node\nmetadata: {name: a}", "f.yaml:1: apiVersion: 'projectcalico.org/v2' has no kind Node; write projectcalico.org/v3")]
    [InlineData("apiVersion: projectcalico.org/v3\nkind: Node\nmetadata: {name: a, namespace: b}", "f.yaml:3: metadata.namespace: must be left out: a Node is not in a namespace")]
    [InlineData("just text", "f.yaml:1: must be a mapping of fields, but is the value 'just text'")]
    [InlineData("[1, 2]", "f.yaml:1: must be a mapping of fields, but is a list")]
    [InlineData("apiVersion: v1\nkind: List\nitems: x", "f.yaml:3: items: must be a list, but is the value 'x'")]
    public void A_document_that_is_no_resource_is_refused(string text, string problem) => Assert.Equal([problem], Problems(text));

    [Fact]
    public void Lists_of_any_kind_are_unfolded_and_each_item_stands_for_itself()
    {
        ParsedDocument[] documents = Parse("""
            apiVersion: v1
            kind: List
            metadata: { resourceVersion: "" }
            items:
              - { apiVersion: projectcalico.org/v3, kind: Node, metadata: { name: a } }
              - apiVersion: projectcalico.org/v3
                kind: NodeList
                items:
                  - metadata: { name: b }
                  - metadata: { name: c, nam: d }
            """);
        Assert.Equal(["a", "b", "c"], documents.Select(document => document.Key!.Name));
        Assert.Equal([true, true, false], documents.Select(document => document.Resource is not null));
        Assert.Equal("f.yaml:10: items[1].items[1].metadata.nam: is not a known field", Assert.Single(documents[2].Problems).ToString());
    }

    [Fact]
    public void A_list_of_itself_in_itself_ends() =>
        Assert.NotEmpty(Parse(string.Concat(Enumerable.Range(0, 20).Select(level => $"{new string(' ', level * 2)}{(level == 0 ? "" : "- ")}kind: List\n{new string(' ', level * 2 + (level == 0 ? 0 : 2))}items:\n"))));

    [Fact]
    public void A_document_without_a_namespace_is_in_the_default_namespace() =>
        Assert.Equal("default", Parse(Endpoint("  node: n\n  interfaceName: cali1\n")).Single().Key!.Namespace);
}
