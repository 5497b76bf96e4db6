using System.Net;
using Calico.Sdk;

namespace Calico.Plugins.FlowCounters;

/// <summary>Which flows the person who ran the command wants to see. A null asks for nothing.</summary>
internal sealed record FlowFilter
{
    public byte? Protocol { get; init; }

    public IPNetwork? Address { get; init; }

    public int? Port { get; init; }

    public string? Interface { get; init; }

    public string? State { get; init; }

    /// <exception cref="CommandInputException">A value that is no protocol, address, port or state.</exception>
    public static FlowFilter Read(CommandInput input) => new()
    {
        Protocol = input.Text("protocol") is { } protocol
            ? IpProtocol.Parse(protocol) ?? throw Wrong("protocol", protocol, $"one of {IpProtocol.Names}, or a number from 0 to 255")
            : null,
        Address = input.Text("address") is { } address ? ParseAddress(address) : null,
        Port = input.Number("port") is { } port
            ? port is >= 0 and <= ushort.MaxValue ? (int)port : throw Wrong("port", port, "a number from 0 to 65535")
            : null,
        Interface = input.Text("interface"),
        State = input.Text("state") is { } state
            ? StateNames.All.Contains(state) ? state : throw Wrong("state", state, $"one of {string.Join(", ", StateNames.All)}")
            : null,
    };

    public bool Matches(Flow flow) =>
        (Protocol is null || flow.Protocol == Protocol)
        && (Port is null || (IpProtocol.HasPorts(flow.Protocol) && (flow.Source.Port == Port || flow.Destination.Port == Port)))
        && (Interface is null || flow.InputInterface == Interface || flow.OutputInterface == Interface)
        && (State is null || StateNames.Of(flow.State) == State)
        && (Address is not { } network || network.Contains(flow.Source.Address) || network.Contains(flow.Destination.Address));

    public static CommandInputException Wrong(string option, object value, string right) =>
        new($"'--{option} {value}' should be {right}.");

    private static IPNetwork ParseAddress(string text)
    {
        if (IPAddress.TryParse(text, out IPAddress? one))
        {
            return new IPNetwork(one, one.GetAddressBytes().Length * 8);
        }

        return IPNetwork.TryParse(text, out IPNetwork network)
            ? network
            : throw Wrong("address", text, "an address such as 10.0.0.1, or a network such as 10.0.0.0/8");
    }
}
