using System.Globalization;
using Calico.Core.Bpf;
using Calico.Lab;
using Calico.Node.Tests.Dataplane.Support;

namespace Calico.Node.Tests.Dataplane;

/// <summary>What a kernel without TCX gets: filters on the clsact qdisc.</summary>
public sealed class ClsactTests : IDisposable
{
    private static readonly AgentOptions s_clsact = new() { More = "attach: { mode: clsact }" };

    private readonly DataplaneLab _lab = new();

    private NetworkNamespace Node => _lab.Inside("n1");

    private string Iface => _lab.Named("n1/w1").HostInterface;

    [Fact]
    public async Task With_filters_everybody_reaches_everybody_and_other_filters_stay_while_agents_come_and_go()
    {
        // 1. somebody's filters stand there before us: one behind ours, whose packets it sees where they go to the stack
        using var foreign = new ForeignProgram();
        var index = IndexOf(Iface);
        var behind = foreign.AttachFilter(Node, index, TcDirection.Ingress, 50);
        await _lab.StartAgents(s_clsact);
        Assert.Equal("clsact", _lab.Agents[0].Status().Attach);
        Assert.True(_lab.Inside("n1/w1").CanPing(_lab.AddressOf("n1/w2", 4)), _lab.Drops());
        Assert.NotEqual(0, _lab.Inside("n1/w1").Ping(_lab.AddressOf("n1", 4)).ExitCode);

        // 2. it goes; everything works
        Node.Enter(behind.Detach);
        Ways.AssertAll(_lab);
        behind = foreign.AttachFilter(Node, index, TcDirection.Egress, 50);

        // 3. a new agent replaces the program at the same handle, under a connection
        using var tcp = TcpConnection.Open(_lab.Inside("n1/w1"), _lab.Inside("n2/w1"), _lab.AddressOf("n2/w1", 6));
        var (before, flows) = (Ours(index), _lab.Agents[0].Status().Generation);
        await _lab.Agents[0].Kill();
        tcp.Exchange();
        await _lab.Agents[0].StartAndWait(s_clsact);
        tcp.Exchange();
        tcp.Transfer(2_000_000);
        var after = Ours(index);
        Assert.NotNull(before);
        Assert.NotNull(after);
        Assert.NotEqual(before, after);
        Assert.True(_lab.Agents[0].Status().Generation > flows);
        Assert.Equal(foreign.Id, Node.Enter(() => behind.Query()));
        Node.Enter(behind.Detach);

        // 4. the one after that is allowed TCX and changes over; and back
        await _lab.Agents[0].Stop();
        await _lab.Agents[0].StartAndWait(new AgentOptions());
        Assert.Equal("tcx", _lab.Agents[0].Status().Attach);
        Assert.Null(Ours(index));
        tcp.Exchange();
        await _lab.Agents[0].Stop();
        await _lab.Agents[0].StartAndWait(s_clsact);
        Assert.NotNull(Ours(index));
        Assert.Empty(_lab.Agents[0].LinkIds());
        tcp.Exchange();

        // 5. nothing of it is left behind
        await _lab.Agents[0].Stop();
        var removed = _lab.Agents[0].Calico("uninstall", "--config", _lab.Agents[0].ConfigurationFile);
        Assert.True(removed.ExitCode == 0, removed.Error);
        Assert.Null(Ours(index));
    }

    public void Dispose() => _lab.Dispose();

    private uint? Ours(int index) => Node.Enter(() => new ClsactFilter(index, TcDirection.Ingress, 1, 0xCA11).Query());

    private int IndexOf(string name) => int.Parse(Node.Run("ip", "-o", "link", "show", name).Output.Split(':')[0], CultureInfo.InvariantCulture);
}
