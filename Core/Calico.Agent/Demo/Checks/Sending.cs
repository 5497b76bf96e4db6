using Calico.Agent.Demo.Nodes;
using Calico.Agent.Demo.Peers;

namespace Calico.Agent.Demo.Checks;

/// <summary>Sends one thing from a peer to another, and says in words what came of it.</summary>
internal static class Sending
{
    public const string NoAnswer = "no answer";

    /// <summary>For an echo that is asked for again and again until it comes.</summary>
    public static readonly string[] Briefly = ["-W", "0.1"];

    // Some segments' worth.
    private const int BodySize = 20_000;
    private const int Patience = 3000;

    // Where nothing should come, this long without anything is enough.
    private const int ShortPatience = 700;

    /// <summary>The words for success: who answered, and whom they saw.</summary>
    public static string Answer(DemoPeer source, DemoPeer target, int family) => $"{target.Name} answers {source.Address(family)}";

    public static Task<string> HttpAsync(DemoPeer source, string target, CancellationToken cancellationToken, int port = Peer.HttpPort) =>
        ProbeAsync(source, new Probe(ProbeKind.Http, target, port, null, BodySize, Patience), cancellationToken);

    public static Task<string> UdpAsync(DemoPeer source, string target, CancellationToken cancellationToken, string? from = null, int size = 400, bool isHopeless = false) =>
        ProbeAsync(source, new Probe(ProbeKind.Udp, target, Peer.UdpPort, from, size, isHopeless ? ShortPatience : Patience), cancellationToken);

    public static Task<string> SegmentAsync(DemoPeer source, string target, ProbeKind kind, CancellationToken cancellationToken) =>
        ProbeAsync(source, new Probe(kind, target, Peer.HttpPort, null, 0, ShortPatience), cancellationToken);

    /// <summary>One echo, by the `ping` of the machine.</summary>
    /// <returns>"echo", or what ping says instead.</returns>
    public static Task<string> PingAsync(DemoPeer source, string target, CancellationToken cancellationToken, params string[] options) =>
        PingAsync(source.Inside, target, cancellationToken, options);

    public static Task<string> PingAsync(Calico.Lab.NetworkNamespace inside, string target, CancellationToken cancellationToken, params string[] options) => Task.Run(
        () =>
        {
            Calico.Lab.CommandResult result = inside.TryRun(["ping", "-n", "-c", "1", "-W", "1", .. options, target]);
            return result.ExitCode == 0 ? "echo" : Words(result);
        },
        cancellationToken);

    private static async Task<string> ProbeAsync(DemoPeer source, Probe probe, CancellationToken cancellationToken)
    {
        ProbeAnswer answer = await source.Client.ProbeAsync(probe, cancellationToken);
        return answer.Failure ?? $"{answer.By} answers {answer.From}";
    }

    // "From 10.90.0.1 icmp_seq=1 Time to live exceeded"
    private static string Words(Calico.Lab.CommandResult ping) =>
        ping.Output.Split('\n').FirstOrDefault(line => line.StartsWith("From ", StringComparison.Ordinal)) is { } error
            ? error.Replace(" icmp_seq=1", ":", StringComparison.Ordinal).Trim()
            : ping.Error.Trim() is { Length: > 0 } refusal ? refusal.ReplaceLineEndings("; ") : NoAnswer;
}
