using Calico.Harness.Chains;
using Calico.Sdk;

namespace Calico.Kernel.Tests.Chain;

/// <summary>The spine without any plugin, loaded once for a class of tests.</summary>
public sealed class SpineHarness : IDisposable
{
    private readonly ChainHarness _harness = new();

    /// <summary>As if nothing had been sent yet.</summary>
    public ChainHarness Fresh()
    {
        _harness.Reset();
        return _harness;
    }

    public void Dispose() => _harness.Dispose();
}
