using Calico.Sdk;

namespace Acme.Broken;

/// <summary>Brings a template that cannot become a program, in the way that its option says.</summary>
[DataplanePlugin("broken", Description = "Has a template that is no good.")]
public sealed class BrokenPlugin : IDataplanePlugin
{
    public void Configure(IPluginBuilder plugin) => plugin.Stage("broken", StagePhase.NewFlow)
        .Template(plugin.Options.Text("fault", "c_error", "Which template.") + ".bpf.c.sbn");
}
