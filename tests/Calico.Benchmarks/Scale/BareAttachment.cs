using System.Diagnostics;
using System.Globalization;
using Calico.Benchmarks.Chains;
using Calico.Core.Bpf;
using Calico.Core.Net;
using Calico.Lab;

namespace Calico.Benchmarks.Scale;

/// <summary>The kernel's own part: two TCX links for an interface, of a program that is loaded already, and nothing else.</summary>
internal static class BareAttachment
{
    private const string Name = "calico-bench-scale-bare";

    /// <summary>Milliseconds for an interface.</summary>
    public static double Milliseconds(int interfaces)
    {
        if (File.Exists(Path.Combine("/run/netns", Name)))
        {
            NetworkNamespace.Open(Name).Delete();
        }

        using var bare = NetworkNamespace.Create(Name);
        bare.Ip([.. Enumerable.Range(1, interfaces).Select(number => string.Create(CultureInfo.InvariantCulture, $"link add bench{number} type veth peer name peer{number}"))]);
        using var loaded = ChainBuilder.LoadOwn("counter.bpf.c.sbn", new { });
        return bare.Enter(() =>
        {
            using var netlink = new RtNetlink();
            int[] indexes = [.. netlink.GetLinks().Where(link => link.Name.StartsWith("bench", StringComparison.Ordinal)).Select(link => link.Index)];
            List<BpfLink> links = [];
            var start = Stopwatch.GetTimestamp();
            foreach (var index in indexes)
            {
                links.Add(BpfLink.AttachTcx(loaded.Programs["count"], index, TcDirection.Ingress));
                links.Add(BpfLink.AttachTcx(loaded.Programs["count"], index, TcDirection.Egress));
            }

            var spent = Stopwatch.GetElapsedTime(start).TotalMilliseconds / indexes.Length;
            links.ForEach(link => link.Dispose());
            return spent;
        });
    }
}
