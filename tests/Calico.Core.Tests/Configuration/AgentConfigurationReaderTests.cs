using Calico.Core.Configuration;

namespace Calico.Core.Tests.Configuration;

public sealed class AgentConfigurationReaderTests
{
    private static AgentConfiguration Read(string text) => AgentConfigurationReader.Read(text, "/etc/calico-sdk/agent.yaml");

    private static string[] Problems(string text) =>
        [.. Assert.Throws<ConfigurationException>(() => Read(text)).Problems.Select(problem => problem.ToString())];

    [Fact]
    public void An_empty_file_gives_the_defaults()
    {
        AgentConfiguration configuration = Read("# nothing yet\n");

        Assert.Equal("default", configuration.Instance);
        Assert.Equal(["cali*"], configuration.Interfaces.Workload.Select(pattern => pattern.Text));
        Assert.Equal(AttachMode.Auto, configuration.Attach.Mode);
        Assert.Empty(configuration.Plugins);
        Assert.Equal("/etc/calico-sdk/resources", configuration.ResourceFolder);
        Assert.Equal((524_288, 131_072, 65_536), (configuration.FlowTable.MaxEntriesIPv4, configuration.FlowTable.MaxEntriesIPv6, configuration.FlowTable.MaxPending));
        Assert.Equal(0x0030_0000u, configuration.Mark.Mask);
        Assert.Equal("/run/calico-sdk/default/api.sock", configuration.Paths.ApiSocket);
        Assert.Equal("/sys/fs/bpf/calico-sdk/default", configuration.Paths.Bpffs);
    }

    [Fact]
    public void Every_field_is_read()
    {
        AgentConfiguration configuration = Read("""
            instance: blue
            node: worker-3.example
            interfaces: { workload: [veth*], host: [uplink0], tunnel: [vx?] }
            attach: { mode: clsact, clsact: { priority: 7, handle: 0x10 }, xdp: off }
            plugins:
              - folder: plugins/counters
                enabled: false
                sha256: AB00000000000000000000000000000000000000000000000000000000000000
                options: { rate: 5 }
            resources: ../resources
            flowTable: { maxEntriesIpv4: 2048, maxEntriesIpv6: 1024, maxPending: 1024 }
            mark: { mask: 0x30000 }
            hostRouting: true
            dhcp: true
            guard: nftables
            paths: { state: /s, cache: /c, run: /r, bpffs: /b }
            """);

        Assert.Equal(("blue", "worker-3.example"), (configuration.Instance, configuration.NodeName));
        Assert.Equal((AttachMode.Clsact, (ushort)7, 0x10u, XdpMode.Off),
            (configuration.Attach.Mode, configuration.Attach.ClsactPriority, configuration.Attach.ClsactHandle, configuration.Attach.Xdp));
        PluginConfiguration plugin = Assert.Single(configuration.Plugins);
        Assert.Equal("/etc/calico-sdk/plugins/counters", plugin.Folder);
        Assert.False(plugin.IsEnabled);
        Assert.StartsWith("ab00", plugin.Sha256, StringComparison.Ordinal);
        Assert.Equal("plugins[0].options.rate", plugin.Options.Find("rate")!.Value.Path.ToString());
        Assert.Equal("/etc/resources", configuration.ResourceFolder);
        Assert.Equal(0x30000u, configuration.Mark.Mask);
        Assert.True(configuration.HostRouting && configuration.Dhcp);
        Assert.Equal(GuardMode.Nftables, configuration.Guard);
        Assert.Equal("/r/api.sock", configuration.Paths.ApiSocket);
    }

    [Fact]
    public void The_instance_is_part_of_the_default_paths()
    {
        PathConfiguration paths = Read("instance: blue").Paths;
        Assert.Equal(("/run/calico-sdk/blue/api.sock", "/sys/fs/bpf/calico-sdk/blue"), (paths.ApiSocket, paths.Bpffs));
    }

    [Fact]
    public void An_unknown_field_is_refused_with_its_path_its_line_and_the_name_that_was_meant()
    {
        Assert.Equal(
            ["/etc/calico-sdk/agent.yaml:3: attach.clsact.prioriti: is not a known field; did you mean 'priority'?"],
            Problems("""
                attach:
                  clsact:
                    prioriti: 5
                """));
    }

    [Fact]
    public void All_mistakes_are_reported_at_once_in_the_order_of_the_file()
    {
        string[] problems = Problems("""
            instance: Blue Team
            interfaces:
              workload: ["*", "eth[0-9]"]
              host: [cali0, cali0]
            attach: { mode: tc, xdp: maybe }
            plugins:
              - enabled: yes
              - folder: /p
                sha256: abc
              - folder: /p
            flowTable: { maxEntriesIpv4: 10 }
            mark: { mask: 0x5 }
            hostRouting: "true"
            guard: [off]
            paths: { apiSocket: ~/api.sock }
            speed: fast
            """);

        string[] members =
        [
            ":1: instance: 'Blue Team' is not a name",
            ":3: interfaces.workload[0]: '*' would take in every interface",
            ":3: interfaces.workload[1]: 'eth[0-9]' is not a pattern",
            ":4: interfaces.host: 'cali0' is listed twice",
            ":5: attach.mode: must be one of auto, tcx, clsact, but is the value 'tc'",
            ":5: attach.xdp: must be one of auto, native, generic, off",
            ":7: plugins[0].folder: is required",
            ":7: plugins[0].enabled: must be true or false, but is the value 'yes'",
            ":9: plugins[1].sha256: 'abc' is not a SHA-256 digest",
            ":10: plugins[2].folder: '/p' is listed already in line 8",
            ":11: flowTable.maxEntriesIpv4: must be a whole number from 1024",
            ":12: mark.mask: 0x00000005 has 2 bit(s) and no 2 side by side",
            ":13: hostRouting: must be true or false, but is the quoted text 'true'",
            ":14: guard: must be a single value, but is a list",
            ":15: paths.apiSocket: '~/api.sock' starts with '~'",
            ":16: speed: is not a known field",
        ];
        Assert.Equal(members.Length, problems.Length);
        Assert.All(members.Zip(problems), pair => Assert.Contains(pair.First, pair.Second, StringComparison.Ordinal));
    }

    [Fact]
    public void A_mark_on_the_bits_of_kube_proxy_is_refused_unless_it_is_forced()
    {
        Assert.Contains("overlaps kube-proxy's bits 0xc000", Assert.Single(Problems("mark: { mask: 0xC000 }")), StringComparison.Ordinal);
        Assert.Equal(0xC000u, Read("mark: { mask: 0xC000, allowKubeProxyBits: true }").Mark.Mask);
    }

    [Fact]
    public void An_instance_with_a_dot_is_refused_because_bpffs_allows_none() =>
        Assert.Contains("instance: 'a.b' is not a name", Assert.Single(Problems("instance: a.b")), StringComparison.Ordinal);

    [Fact]
    public void A_socket_path_that_the_kernel_does_not_take_is_refused() =>
        Assert.Contains("107 bytes", Assert.Single(Problems($"paths: {{ run: /{new string('r', 110)} }}")), StringComparison.Ordinal);

    [Fact]
    public void One_pattern_under_two_kinds_is_refused() =>
        Assert.Contains("'eth*' is listed under 'workload' too", Assert.Single(Problems("interfaces: { workload: ['eth*'], host: ['eth*'] }")), StringComparison.Ordinal);

    [Theory]
    [InlineData("a: [", ":2: is not valid YAML")]
    [InlineData("- a\n- b", ":1: must be a mapping of fields, but is a list")]
    [InlineData("instance: a\ninstance: b", ":2: the field 'instance' was written before, in line 1")]
    [InlineData("instance: a\n---\ninstance: b", ":3: is a second document")]
    public void A_text_that_is_no_configuration_is_refused(string text, string problem) =>
        Assert.Contains(problem, Assert.Single(Problems(text)), StringComparison.Ordinal);

    [Fact]
    public void A_missing_file_is_named()
    {
        ConfigurationException error = Assert.Throws<ConfigurationException>(() => AgentConfigurationReader.Load("/nonexistent/agent.yaml"));
        Assert.StartsWith("/nonexistent/agent.yaml: does not exist", error.Message, StringComparison.Ordinal);
    }
}
