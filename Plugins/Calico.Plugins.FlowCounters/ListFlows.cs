using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using Calico.Sdk;

namespace Calico.Plugins.FlowCounters;

/// <summary>The command <c>flows</c>.</summary>
/// <remarks>Rows go out as the table is read, in the table's order: a node may have a million flows.</remarks>
public sealed class ListFlows(IFlowTable flows, FlowStart start, TimeProvider clock) : ICommandHandler<FlowRow>
{
    /// <summary>Reading the table is a loop of system calls: the thread goes back to the others now and then.</summary>
    private const int FlowsBetweenPauses = 4096;

    /// <summary>The command's options.</summary>
    public static IReadOnlyList<CommandParameter> Parameters { get; } =
    [
        new("protocol", CommandParameterType.Text, "Only this protocol: tcp, udp, icmp, … or its number."),
        new("address", CommandParameterType.Text, "Only flows from or to this address or network (10.0.0.0/8)."),
        new("port", CommandParameterType.Number, "Only flows from or to this port."),
        new("interface", CommandParameterType.Text, "Only flows that enter or leave through this interface."),
        new("state", CommandParameterType.Text, "Only flows in this state: established, syn-sent, …"),
        new("limit", CommandParameterType.Number, "At most this many flows; without it all."),
    ];

    public async IAsyncEnumerable<FlowRow> RunAsync(CommandInput input, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        FlowFilter filter = FlowFilter.Read(input);
        long left = input.Number("limit") ?? long.MaxValue;
        if (left < 1)
        {
            throw FlowFilter.Wrong("limit", left, "a number of at least 1");
        }

        FlowStart.Moment now = FlowStart.Moment.Now(clock);
        int untilPause = FlowsBetweenPauses;
        foreach (Flow flow in flows.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (filter.Matches(flow))
            {
                yield return Row(flow, now);
                if (--left == 0)
                {
                    yield break;
                }
            }

            if (--untilPause == 0)
            {
                untilPause = FlowsBetweenPauses;
                await Task.Yield();
            }
        }
    }

    private FlowRow Row(Flow flow, FlowStart.Moment now)
    {
        DateTimeOffset? started = start.Of(flow, now);
        return new FlowRow(
            IpProtocol.NameOf(flow.Protocol),
            Show(flow.Protocol, flow.Source, isInitiator: true),
            Show(flow.Protocol, flow.Destination, isInitiator: false),
            StateNames.Of(flow.State),
            flow.InputInterface,
            flow.OutputInterface,
            flow.Forward.Packets,
            flow.Forward.Bytes,
            flow.Reply.Packets,
            flow.Reply.Bytes,
            started,
            flow.LastSeen.ToUniversalTime(),
            started is { } first ? Math.Round((now.Utc - first).TotalSeconds, 3) : null);
    }

    /// <summary>The port where there is one; the identifier of an ICMP echo is the initiator's.</summary>
    private static string Show(byte protocol, IPEndPoint end, bool isInitiator) => protocol switch
    {
        _ when IpProtocol.HasPorts(protocol) => end.ToString(),
        IpProtocol.Icmp or IpProtocol.IcmpV6 when isInitiator =>
            string.Create(CultureInfo.InvariantCulture, $"{end.Address} id {end.Port}"),
        _ => end.Address.ToString(),
    };
}
