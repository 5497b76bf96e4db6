using Calico.Sdk;

namespace Acme.Broken;

/// <summary>Brings a template that cannot become a program, in the way that its option says.</summary>
[DataplanePlugin("broken", Description = "Has a template that is no good.")]
public sealed class BrokenPlugin : IDataplanePlugin
{
    public void Configure(IPluginBuilder plugin)
    {
        string fault = plugin.Options.Text("fault", "c_error", "Which template; or too_large.");
        if (fault == "too_large")
        {
            plugin.Map<ulong, ulong>("huge", MapKind.Hash, maxEntries: 2_000_000_000);
            return;
        }

        plugin.Stage("broken", StagePhase.NewFlow).Template(fault + ".bpf.c.sbn");
    }
}
