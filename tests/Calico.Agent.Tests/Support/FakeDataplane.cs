using System.Runtime.CompilerServices;
using System.Text;
using Calico.Agent.Api;
using Calico.Agent.Api.Contracts;
using Calico.Agent.Hosting;
using Calico.Core.Plugins;
using Calico.Core.Runtime;
using Calico.Core.Runtime.Reports;

namespace Calico.Agent.Tests.Support;

/// <summary>A dataplane that answers what a test gave it.</summary>
internal sealed class FakeDataplane : IAgentDataplane, IDataplaneReports, IResourceReports, ICommandCatalog
{
    public const string Hook = "workload-ingress";

    public IDataplaneReports Reports => this;

    public IResourceReports Resources => this;

    public ICommandCatalog Commands => this;

    public Func<IReadOnlyList<PluginRoute>> PluginRoutes { get; init; } = () => [];

    public IReadOnlyList<PluginRoute> Routes => PluginRoutes();

    public Func<CancellationToken, Task> Start { get; init; } = _ => Task.CompletedTask;

    public List<string> Problems { get; init; } = [];

    public ResourceListing Listing { get; init; } = new([], []);

    public ResourceFilter? LastFilter { get; private set; }

    public IReadOnlyDictionary<string, string>? LastOptions { get; private set; }

    public bool IsDisposed { get; private set; }

    public Func<IReadOnlyDictionary<string, string>, IAsyncEnumerable<string>> Flows { get; init; } = _ => Rows(
        """{"protocol":"tcp","source":"10.0.0.1:40000","forwardPackets":12,"started":"2026-01-02T03:04:05.678Z"}""",
        """{"protocol":"icmp","source":"10.0.0.2","forwardPackets":3,"started":null}""");

    public Task StartAsync(CancellationToken cancellationToken) => Start(cancellationToken);

    public ReloadOptions? LastReload { get; private set; }

    public Func<ReloadReport> Reload { get; init; } = () => new ReloadReport(
        ReloadReport.Reloaded, DateTimeOffset.UnixEpoch, 3, 4, [new PluginChange("flow-counters", "1.0", "1.1")],
        [new ReloadStep("load", 12.5), new ReloadStep("swap", 0.4)], 150.2, 1, [], ["The moon is full."]);

    public Task<ReloadReport> ReloadAsync(ReloadOptions options, CancellationToken cancellationToken)
    {
        LastReload = options;
        return Task.FromResult(Reload());
    }

    public ValueTask DisposeAsync()
    {
        IsDisposed = true;
        return ValueTask.CompletedTask;
    }

    public StatusReport Status() =>
        new("test", "node-1", 3, new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero), "tcx", "netfilter", 2, 1, 4, 14, Problems) { PluginContexts = 1 };

    public IReadOnlyList<InterfaceReport> Interfaces() =>
    [
        new("cali1", 7, "workload", 0, "default/web", ["10.0.0.1/32", "fd00::1/128"], [Hook, "workload-egress"], "tcx"),
        new("eth0", 2, "host", 1, null, [], ["host-ingress"], "clsact"),
    ];

    public IReadOnlyList<ChainReport>? Chains(string interfaceName) => interfaceName != "cali1" ? null :
    [
        new(Hook,
        [
            new(null, "entry", 0, "entry", "core", null, [], ["1"], 41, 120, 700, 900, "entry.bpf.c.sbn"),
            new(1, "flow4", 4, "flow", "core", null, ["counters"], ["2", "3"], 42, 800, 4_100, 5_000, "chain.bpf.c.sbn"),
        ]),
        new("workload-egress", [new(null, "entry", 0, "entry", "core", null, [], [], 50, 100, 600, 800, "entry.bpf.c.sbn")]),
    ];

    public IReadOnlyList<string>? Explain(string hook) =>
        hook == Hook ? ["'a' stands before 'b' because 'b' says After(\"a\").", "'b' stands last."] : null;

    public IReadOnlyList<DropReport> Drops() =>
        [new("cali1", Hook, 4, "SPOOFED_SOURCE", "core", "the source is not the workload's own", 5, 490)];

    public IReadOnlyList<MissedCallReport> MissedCalls() => [new(Hook, "flow4", "forward4", 1)];

    public IReadOnlyList<PluginReport> Plugins() =>
    [
        new("flow-counters", "0.1.0", "running", null, "/plugins/flow-counters", "Counts flows.", ["flow_start"], ["flows"]),
        new("broken", null, "refused", "The folder holds no plugin.", "/plugins/broken", "", [], []),
    ];

    ResourceListing IResourceReports.List(ResourceFilter filter)
    {
        LastFilter = filter;
        return Listing with { Held = [.. Listing.Held.Where(held => filter.Takes(held.Kind, held.Namespace, held.Name))] };
    }

    IReadOnlyList<CommandDescriptor> ICommandCatalog.List() =>
    [
        new("flows", "flow-counters", "Lists the flows.",
        [
            new("protocol", "text", "Only this protocol.", null),
            new("limit", "number", "At most so many.", "100"),
            new("all", "flag", "Also those that ended.", null),
        ],
        ["protocol", "source", "forwardPackets", "started"]),
        new("odd", "impostor", "Has options of our names.", [new("watch", "text", "What to watch.", null), new("output", "number", "How much.", null)], ["x"]),
        new("status", "impostor", "Hides behind a name of ours.", [], ["x"]),
    ];

    public IAsyncEnumerable<ReadOnlyMemory<byte>>? Run(string name, IReadOnlyDictionary<string, string> options, CancellationToken cancellationToken)
    {
        LastOptions = options;
        return name is "flows" or "odd" ? Encode(Flows(options), cancellationToken) : null;
    }

    public static async IAsyncEnumerable<string> Rows(params string[] rows)
    {
        foreach (string row in rows)
        {
            await Task.Yield();
            yield return row;
        }
    }

    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> Encode(
        IAsyncEnumerable<string> rows, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (string row in rows.WithCancellation(cancellationToken))
        {
            yield return Encoding.UTF8.GetBytes(row);
        }
    }
}
