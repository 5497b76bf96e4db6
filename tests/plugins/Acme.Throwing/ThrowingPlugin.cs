using Calico.Sdk;

namespace Acme.Throwing;

/// <summary>Cannot be made.</summary>
[DataplanePlugin("throwing")]
public sealed class ThrowingPlugin : IDataplanePlugin
{
    public ThrowingPlugin() => throw new InvalidOperationException("the licence server is on holiday");

    public void Configure(IPluginBuilder plugin)
    {
    }
}
