using Calico.Agent.CommandLine;
using Calico.Agent.Tests.Support;

namespace Calico.Agent.Tests.Commands;

/// <summary>What people see, to the letter.</summary>
public sealed class ListTests
{
    [Fact]
    public async Task Interfaces_as_a_table()
    {
        await AssertOutput(
            "interface list",
            """
            NAME   INDEX  KIND      ENDPOINT     ADDRESSES                 HOOKS                              ATTACH  SLOT
            cali1      7  workload  default/web  10.0.0.1/32, fd00::1/128  workload-ingress, workload-egress  tcx        0
            eth0       2  host      -            -                         host-ingress                       clsact     1

            """);
    }

    [Fact]
    public async Task Interfaces_as_JSON()
    {
        await AssertOutput(
            "interface list -o json",
            """
            [
              {
                "name": "cali1",
                "ifindex": 7,
                "kind": "workload",
                "slot": 0,
                "endpoint": "default/web",
                "addresses": [
                  "10.0.0.1/32",
                  "fd00::1/128"
                ],
                "hooks": [
                  "workload-ingress",
                  "workload-egress"
                ],
                "attach": "tcx"
              },
              {
                "name": "eth0",
                "ifindex": 2,
                "kind": "host",
                "slot": 1,
                "endpoint": null,
                "addresses": [],
                "hooks": [
                  "host-ingress"
                ],
                "attach": "clsact"
              }
            ]

            """);
    }

    [Fact]
    public async Task Interfaces_as_YAML()
    {
        await AssertOutput(
            "interface list --output yaml",
            """
            - name: cali1
              ifindex: 7
              kind: workload
              slot: 0
              endpoint: default/web
              addresses:
                - 10.0.0.1/32
                - fd00::1/128
              hooks:
                - workload-ingress
                - workload-egress
              attach: tcx
            - name: eth0
              ifindex: 2
              kind: host
              slot: 1
              endpoint: null
              addresses: []
              hooks:
                - host-ingress
              attach: clsact

            """);
    }

    [Fact]
    public async Task The_chains_of_an_interface()
    {
        await AssertOutput(
            "chain show cali1",
            """
            workload-ingress
            SLOT  PROGRAM  IP   ROLE   PHASE  OWNER  INLINE    NEXT  ID  INSTRUCTIONS  MACHINE CODE  VERIFIED  TEMPLATE
               -  entry    any  entry  -      core   -         1     41           120           700       900  entry.bpf.c.sbn
               1  flow4    4    flow   -      core   counters  2, 3  42           800          4100      5000  chain.bpf.c.sbn

            workload-egress
            SLOT  PROGRAM  IP   ROLE   PHASE  OWNER  INLINE  NEXT  ID  INSTRUCTIONS  MACHINE CODE  VERIFIED  TEMPLATE
               -  entry    any  entry  -      core   -       -     50           100           600       800  entry.bpf.c.sbn

            """);
    }

    [Fact]
    public async Task The_reasons_for_an_order()
    {
        await AssertOutput("chain explain workload-ingress", "'a' stands before 'b' because 'b' says After(\"a\").\n'b' stands last.\n");
    }

    [Fact]
    public async Task Drops()
    {
        await AssertOutput(
            "drops",
            """
            INTERFACE  HOOK              IP  REASON          BY    PACKETS  BYTES  MEANING
            cali1      workload-ingress  4   SPOOFED_SOURCE  core        5    490  the source is not the workload's own

            """);
    }

    [Fact]
    public async Task Missed_calls()
    {
        await AssertOutput("missed-calls", "HOOK              FROM   TO        COUNT\nworkload-ingress  flow4  forward4      1\n");
    }

    [Fact]
    public async Task Plugins_running_and_refused()
    {
        await AssertOutput(
            "plugin list",
            """
            ID             VERSION  STATE    STAGES      COMMANDS  FOLDER                  DESCRIPTION
            flow-counters  0.1.0    running  flow_start  flows     /plugins/flow-counters  Counts flows.
            broken         -        refused  -           -         /plugins/broken         The folder holds no plugin.

            """);
    }

    [Fact]
    public async Task An_interface_without_a_chain_is_a_no_that_names_those_that_have_one()
    {
        await using RunningAgent agent = await RunningAgent.StartAsync();

        CommandResult result = await agent.CalicoAsync("chain", "show", "eth7 %");

        Assert.Equal(ExitCodes.Failure, result.ExitCode);
        Assert.Equal("The interface 'eth7 %' has no chain. These have: cali1, eth0.\n", result.Error);
    }

    [Fact]
    public async Task A_hook_without_a_chain_is_a_no_that_names_those_that_have_one()
    {
        await using RunningAgent agent = await RunningAgent.StartAsync();

        CommandResult result = await agent.CalicoAsync("chain", "explain", "xdp");

        Assert.Equal(
            (ExitCodes.Failure, "The hook 'xdp' has no chain. These have: host-ingress, workload-egress, workload-ingress.\n"),
            (result.ExitCode, result.Error));
    }

    private static async Task AssertOutput(string arguments, string expected)
    {
        await using RunningAgent agent = await RunningAgent.StartAsync();

        CommandResult result = await agent.CalicoAsync(arguments.Split(' '));

        Assert.Equal(expected, result.Output);
        Assert.Equal((ExitCodes.Success, ""), (result.ExitCode, result.Error));
    }
}
