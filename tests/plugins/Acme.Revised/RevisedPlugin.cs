using Calico.Sdk;

namespace Acme.Revised;

/// <summary>
/// Counts every packet, under the number of its version. The second version has a stage and a map more. Its option makes
/// it go wrong in one of the ways in which a new version can.
/// </summary>
[DataplanePlugin("revised", Description = "Has two versions.")]
public sealed class RevisedPlugin : IDataplanePlugin
{
#if SECOND
    private const int Number = 2;
#else
    private const int Number = 1;
#endif

    public void Configure(IPluginBuilder plugin)
    {
        string fault = plugin.Options.Text("fault", "none", "What goes wrong: c_error, rejected, throw or layout.");
        if (fault == "throw")
        {
            throw new InvalidOperationException("the second thoughts of version " + Number);
        }

        if (fault == "layout")
        {
            plugin.Map<uint, WideCount>("packets", MapKind.PerCpuArray, maxEntries: 4);
            plugin.FlowField<ulong>("mark");
        }
        else
        {
            plugin.Map<uint, Count>("packets", MapKind.PerCpuArray, maxEntries: 4);
            plugin.FlowField<uint>("mark");
        }

        IStageBuilder count = plugin.Stage("revised_count", StagePhase.PostFlow).Parameter("number", Number);
        if (fault is "c_error" or "rejected")
        {
            count.Template(fault + ".bpf.c.sbn");
        }

#if SECOND
        plugin.Map<uint, ulong>("second_thoughts", MapKind.PerCpuArray, maxEntries: 1);
        plugin.Stage("revised_again", StagePhase.PostFlow).After("revised_count");
#endif
    }
}
