using Calico.Sdk.Testing;

namespace Calico.Harness.Chains;

/// <summary>The interfaces of the test kit's node; see <see cref="ChainUnderTest"/> for what each of them is.</summary>
public sealed class HarnessNode
{
    private readonly TestNode _node;

    internal HarnessNode(TestNode node)
    {
        _node = node;
        (A, B, C) = (new(node.A), new(node.B), new(node.C));
        (Uplink, Uplink2, Tunnel) = (new(node.Uplink), new(node.Uplink2), new(node.Tunnel));
    }

    public HarnessInterface A { get; }

    public HarnessInterface B { get; }

    public HarnessInterface C { get; }

    public HarnessInterface Uplink { get; }

    public HarnessInterface Uplink2 { get; }

    public HarnessInterface Tunnel { get; }

    /// <summary>Runs on the thread whose namespace is the node.</summary>
    public T Run<T>(Func<T> function) => _node.Thread.Run(function);
}
