using Calico.Core.Bpf;
using Calico.Core.Compile;
using Calico.Core.Net;

namespace Calico.Node.Tests.Attach;

/// <summary>A link of <see cref="GuardedNode"/>: the neighbour pings the host through it.</summary>
internal sealed record GuardedLink(GuardedNode Node, string Name, string HostV4, string HostV6)
{
    private const string Marks =
        """
        #include <calico/bpf.h>
        SEC("tc") int mark(struct __sk_buff *skb)
        {
            skb->mark |= MARK;
            return -1;
        }
        char _license[] SEC("license") = "Dual BSD/GPL";
        """;

    /// <summary>Whether the host answers; it has a second to do so.</summary>
    public bool PingsV4() => Pings(HostV4);

    public bool PingsV6() => Pings(HostV6);

    /// <summary>Has every packet that enters marked, as a chain would.</summary>
    public void MarkEverything()
    {
        var compiled = Node.Compiler.Compile(RenderedSource.FromText(Marks, "mark.c", "test"), ClangOptions.For("v3") with { Defines = [$"MARK={GuardedNode.MarkSeen}"] });
        using var loaded = BpfObject.Load("mark", compiled.Elf, new Dictionary<string, BpfMap>());
        Node.Hold(Node.Host.Enter(() =>
        {
            using var netlink = new RtNetlink();
            return BpfLink.AttachTcx(loaded.Programs["mark"], netlink.GetLink(Name)!.Index, TcDirection.Ingress);
        }));
    }

    private bool Pings(string address) => Node.Neighbour.TryRun("ping", "-n", "-c", "1", "-W", "1", address).ExitCode == 0;
}
