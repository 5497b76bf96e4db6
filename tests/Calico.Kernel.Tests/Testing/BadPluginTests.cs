using Calico.Sdk;

namespace Calico.Kernel.Tests.Testing;

/// <summary>A plugin that is wrong is told what, in which file and line.</summary>
public sealed class BadPluginTests
{
    [Fact]
    public async Task An_error_in_C_names_the_templates_line()
    {
        var failure = await Fails("missing_semicolon");

        Assert.Contains("bpf/missing_semicolon.bpf.c.sbn:4:", failure.Message, StringComparison.Ordinal);
        Assert.Contains("error: expected ';'", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_verifier_refuses_names_the_templates_line_and_shows_the_log()
    {
        var failure = await Fails("unchecked");

        Assert.Contains("bpf/unchecked.bpf.c.sbn:7:", failure.Message, StringComparison.Ordinal);
        Assert.Contains("The end of the verifier's log:", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_error_in_a_template_names_its_line()
    {
        var failure = await Fails("unknown_name");

        Assert.Contains("bpf/unknown_name.bpf.c.sbn:4:", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_declaration_names_the_plugin_and_what_is_wrong()
    {
        var failure = await Fails("no_such_template");

        Assert.StartsWith($"{typeof(BadPlugin).FullName} could not be set up", failure.Message, StringComparison.Ordinal);
        Assert.Contains("the assembly has no template 'bpf/no_such_template.bpf.c.sbn'", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stage_that_no_plugin_has_cannot_be_run_alone()
    {
        var failure = await Assert.ThrowsAsync<ChainStartException>(() => ChainUnderTest.StartAsync<PortGatePlugin>(setup => setup.OnlyStage("port_gat")));

        Assert.Equal("No plugin of the chain has a stage 'port_gat'. There are: port_gate, count_all, watch.", failure.Message);
    }

    private static Task<ChainStartException> Fails(string stage) => Assert.ThrowsAsync<ChainStartException>(
        () => ChainUnderTest.With(new BadPlugin(stage)).On(Hooks.WorkloadIngress).StartAsync());

    [DataplanePlugin("bad")]
    private sealed class BadPlugin(string stage) : IDataplanePlugin
    {
        public void Configure(IPluginBuilder plugin)
        {
            plugin.Map<uint, ulong>("cells", MapKind.Hash, 1);
            plugin.Stage(stage, StagePhase.NewFlow);
        }
    }
}
