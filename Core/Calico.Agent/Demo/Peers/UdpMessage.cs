using System.Text;

namespace Calico.Agent.Demo.Peers;

/// <summary>A datagram of the echo: an answer is a line with the answerer's name and the address that it saw, then what was asked.</summary>
internal static class UdpMessage
{
    public const int Most = 65_507;

    public static byte[] Answer(string name, string from, ReadOnlySpan<byte> asked) => [.. Encoding.UTF8.GetBytes($"{name} {from}\n"), .. asked];

    public static ProbeAnswer Read(ReadOnlySpan<byte> answer, ReadOnlySpan<byte> asked)
    {
        int end = answer.IndexOf((byte)'\n');
        string[] words = end < 0 ? [] : Encoding.UTF8.GetString(answer[..end]).Split(' ');
        return words.Length == 2
            ? new ProbeAnswer(words[0], words[1], answer[(end + 1)..].SequenceEqual(asked) ? null : "the datagram came back changed")
            : new ProbeAnswer(null, null, "the answer is not that of a peer");
    }
}
