using Calico.Core.Net;
using Calico.Lab;

namespace Calico.Node.Tests.Net;

/// <summary>Two namespaces of one test, with names of their own, and an rtnetlink client in the first.</summary>
internal sealed class NamespacePair : IDisposable
{
    public NamespacePair()
    {
        var unique = $"calico-net-{Guid.NewGuid():N}"[..19];
        Near = NetworkNamespace.Create($"{unique}-a");
        Far = NetworkNamespace.Create($"{unique}-b");
        Client = Near.Enter(() => new RtNetlink());
    }

    public NetworkNamespace Near { get; }

    public NetworkNamespace Far { get; }

    public RtNetlink Client { get; }

    /// <summary>A veth <c>near</c> here with its peer <c>far</c> in the other namespace, both up.</summary>
    public LinkInfo AddVeth()
    {
        Near.Ip($"link add near type veth peer name far netns {Far.Name}", "link set near up");
        Far.Ip("link set far up");
        return Client.GetLink("near")!;
    }

    public void Dispose()
    {
        Client.Dispose();
        Near.Dispose();
        Far.Dispose();
    }
}
