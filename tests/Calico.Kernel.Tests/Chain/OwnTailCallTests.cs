using Calico.Core.Compile;
using Calico.Harness.Chains;
using Calico.Sdk;

namespace Calico.Kernel.Tests.Chain;

/// <summary>A stage that leads the packet through the chain by itself could make a loop.</summary>
public sealed class OwnTailCallTests
{
    [Theory]
    [InlineData("bpf_tail_call(ctx, &chain, 0);")]
    [InlineData("CALL(ctx, 0, 0);")]
    [InlineData("CALL_OR_COUNT(ctx, 0, 0);")]
    public void A_tail_call_in_a_stage_does_not_compile_and_says_what_to_do(string call)
    {
        CompileException refused = Assert.Throws<CompileException>(() => new ChainHarness(new ChainHarnessOptions
        {
            Plugins = [Probe.Plugin((Probe.Stage("loop", StagePhase.NewFlow), $"\t{call}\n\treturn stage_next(pkt);"))],
            Hooks = Hooks.WorkloadIngress,
        }));

        CompileDiagnostic told = refused.Diagnostics[0];
        Assert.Equal(Probe.Id, told.Owner);
        Assert.EndsWith("loop.bpf.c.sbn", told.File, StringComparison.Ordinal);
        Assert.Equal("a stage makes no tail call of its own: return stage_next(pkt), and the chain goes on", told.Message);
    }
}
