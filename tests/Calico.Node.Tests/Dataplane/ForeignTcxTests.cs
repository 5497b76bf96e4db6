using System.Globalization;
using Calico.Core.Bpf;
using Calico.Node.Tests.Dataplane.Support;

namespace Calico.Node.Tests.Dataplane;

/// <summary>Other people's programs on the interfaces.</summary>
[Collection(TwoNodes.Collection)]
public sealed class ForeignTcxTests(TwoNodes nodes)
{
    private readonly DataplaneLab _lab = nodes.Lab;

    [Fact]
    public async Task A_program_behind_ours_sees_what_goes_to_the_stack_and_stays_when_the_agent_is_changed()
    {
        var (node, workload, agent) = (_lab.Inside("n1"), _lab.Named("n1/w1"), _lab.Agents[0]);
        var index = int.Parse(node.Run("ip", "-o", "link", "show", workload.HostInterface).Output.Split(':')[0], CultureInfo.InvariantCulture);
        using var foreign = new ForeignProgram();
        using var link = foreign.AttachTcx(node, index, TcDirection.Ingress);
        Assert.NotEqual(0, workload.Namespace.Ping(_lab.AddressOf("n1", 4)).ExitCode);
        Assert.True(workload.Namespace.CanPing(_lab.AddressOf("n1/w2", 4)), _lab.Drops());

        await agent.Stop();
        await agent.StartAndWait(new AgentOptions());

        Assert.Equal((foreign.Id, index), (link.Info().ProgramId, link.Info().Ifindex));
        Assert.NotEqual(0, workload.Namespace.Ping(_lab.AddressOf("n1", 4)).ExitCode);
        link.Detach();
        Assert.True(workload.Namespace.CanPing(_lab.AddressOf("n1", 4)), _lab.Drops());
    }
}
