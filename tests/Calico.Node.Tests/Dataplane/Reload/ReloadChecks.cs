using Calico.Node.Tests.Dataplane.Support;

namespace Calico.Node.Tests.Dataplane.Reload;

/// <summary>What must hold after any reload.</summary>
internal static class ReloadChecks
{
    /// <summary>Every pinned link has the entry program that the agent says is in force.</summary>
    public static void AssertEveryLinkHasTheChainInForce(AgentUnderTest agent)
    {
        var entries = agent.Interfaces()
            .SelectMany(iface => agent.Chains(iface.Name))
            .Select(chain => chain.Programs[0].Id)
            .ToHashSet();
        var attached = agent.AttachedPrograms();
        Assert.NotEmpty(attached);
        Assert.All(attached, link => Assert.Contains(link.Value, entries));
    }
}
