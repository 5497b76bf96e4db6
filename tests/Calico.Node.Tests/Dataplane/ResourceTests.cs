using Calico.Node.Tests.Dataplane.Support;

namespace Calico.Node.Tests.Dataplane;

/// <summary>Resources that are no good, and what is in force then.</summary>
[Collection(TwoNodes.Collection)]
public sealed class ResourceTests(TwoNodes nodes)
{
    private readonly DataplaneLab _lab = nodes.Lab;

    private AgentUnderTest Agent => _lab.Agents[0];

    [Fact]
    public void A_document_that_is_wrong_is_refused_with_file_and_line_and_the_last_good_one_stays_in_force()
    {
        var workload = _lab.Named("n1/w1");
        var file = $"{workload.Node}-{workload.Name}.yaml";
        try
        {
            _lab.Write(file, ResourceText.Endpoint(workload).Replace($"{workload.Address4}/32", "nonsense", StringComparison.Ordinal));

            Eventually.True(() => Refused().Contains($"{file}:10", StringComparison.Ordinal), Refused);
            Assert.True(workload.Namespace.CanPing(_lab.AddressOf("n1/w2", 4)), _lab.Drops());
            Assert.True(_lab.Inside("n1/w2").CanPing(workload.Address4), _lab.Drops());

            _lab.Write("other.yaml", "kind: [");
            Eventually.True(() => Refused().Contains("other.yaml:", StringComparison.Ordinal), Refused);
        }
        finally
        {
            _lab.Announce(workload);
            _lab.Remove("other.yaml");
        }

        Eventually.True(() => Refused() == "[]", Refused);
    }

    [Fact]
    public void Of_two_endpoints_that_claim_one_address_one_has_it_and_the_other_is_reported()
    {
        var (first, second) = (_lab.Named("n1/w1"), _lab.Named("n1/w2"));
        try
        {
            _lab.Write("thief.yaml", ResourceText.Endpoint("thief", "n1", second.HostInterface, [$"{first.Address4}/32"]));

            Eventually.True(() => Agent.Status().Problems.Any(problem => problem.Contains("lab/thief", StringComparison.Ordinal) && problem.Contains($"{first.Address4}/32", StringComparison.Ordinal)),
                () => string.Join('\n', Agent.Status().Problems));
            Assert.True(first.Namespace.CanPing(_lab.AddressOf("n2/w1", 4)), _lab.Drops());
            Assert.True(_lab.Inside("n2/w1").CanPing(first.Address4), _lab.Drops());
        }
        finally
        {
            _lab.Remove("thief.yaml");
        }

        Eventually.True(() => Agent.Status().Problems.Count == 0, () => string.Join('\n', Agent.Status().Problems));
    }

    [Fact]
    public void A_workload_of_a_node_that_nobody_described_is_reported()
    {
        try
        {
            _lab.Write("lost.yaml", ResourceText.Endpoint("lost", "n9", "calilost", ["10.91.99.1/32"]));
            Eventually.True(() => Agent.Status().Problems.Any(problem => problem.Contains("'n9'", StringComparison.Ordinal)), () => string.Join('\n', Agent.Status().Problems));
        }
        finally
        {
            _lab.Remove("lost.yaml");
        }

        Eventually.True(() => Agent.Status().Problems.Count == 0, () => string.Join('\n', Agent.Status().Problems));
    }

    private string Refused() => Agent.Resources().GetProperty("refused").GetRawText();
}
