namespace Calico.Node.Tests.Dataplane.Support;

/// <summary>Who talks to whom, in a lab of two nodes.</summary>
internal static class Ways
{
    private static readonly (string From, string To)[] s_pairs =
    [
        ("n1/w1", "n1/w2"),
        ("n1/w1", "n2/w1"),
        ("n1/w1", "n1"),
        ("n1", "n1/w1"),
        ("n1/w1", "n2"),
        ("n2", "n1/w1"),
        ("n1/w1", "fabric"),
        ("fabric", "n1/w1"),
        ("n1", "n2"),
    ];

    /// <summary>All, in both families.</summary>
    public static TheoryData<string, string, int> All()
    {
        var ways = new TheoryData<string, string, int>();
        foreach (var (from, to) in s_pairs)
        {
            ways.Add(from, to, 4);
            ways.Add(from, to, 6);
        }

        return ways;
    }

    /// <summary>All at once: for modes in which the same must work.</summary>
    public static void AssertAll(DataplaneLab lab)
    {
        foreach (var (from, to) in s_pairs)
        {
            foreach (var family in new[] { 4, 6 })
            {
                var (source, target, address) = (lab.Inside(from), lab.Inside(to), lab.AddressOf(to, family));
                Assert.True(source.CanPing(address), $"ping {from} → {to}, IPv{family}\n{lab.Drops()}");
                using var udp = new UdpPair(source, target, address);
                Assert.True(udp.Exchange(), $"UDP {from} → {to}, IPv{family}\n{lab.Drops()}");
                using var tcp = TcpConnection.Open(source, target, address);
                tcp.Exchange();
                tcp.Transfer(2_000_000);
            }
        }
    }
}
