using Calico.Core.Plugins;
using Calico.Core.Tests.Plugins.Linking;
using Calico.Sdk.Resources;

namespace Calico.Core.Tests.Plugins.Verifying;

public sealed class PluginVerificationTests
{
    [Fact]
    public async Task A_good_plugin_goes_all_the_way_to_compiled_programs()
    {
        VerificationReport report = await VerifyAsync(BuiltPlugin.FlowCounters);

        Assert.True(report.IsGood);
        Assert.Equal("flow-counters", report.Id);
        Assert.Equal(["files", "contract", "declarations", "plan", "render", "compile"], report.Steps.Select(step => step.Name));
        Assert.All(report.Steps, step => Assert.Equal(VerificationStep.Good, step.Outcome));
    }

    [Theory]
    [InlineData("/nonexistent", "files", "/nonexistent does not exist.")]
    [InlineData("throwing", "declarations", "the constructor of Acme.Throwing.ThrowingPlugin failed.")]
    public async Task The_step_that_fails_is_the_last(string plugin, string step, string reason)
    {
        VerificationReport report = await VerifyAsync(plugin == "throwing" ? BuiltPlugin.Throwing : plugin);

        Assert.False(report.IsGood);
        Assert.Equal((step, VerificationStep.Failed), (report.Steps[^1].Name, report.Steps[^1].Outcome));
        Assert.Contains(reason, report.Steps[^1].Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_other_plugins_must_bring_is_a_note()
    {
        using TemporaryFolder folder = CompiledPlugin.Write("""
            using Calico.Sdk;
            namespace Acme.Tried;
            [DataplanePlugin("tried")]
            public sealed class TriedPlugin : IDataplanePlugin { public void Configure(IPluginBuilder plugin) { plugin.Requires("policy"); } }
            """);
        VerificationReport report = await VerifyAsync(folder.Path);
        Assert.True(report.IsGood);
        Assert.Equal("It requires the plugin 'policy', which its node must have.", Assert.Single(report.Notes));
    }

    private static async Task<VerificationReport> VerifyAsync(string folder)
    {
        using var cache = new TemporaryFolder();
        MappingNode options = OptionText.Of([], "the test");
        return await new PluginVerification(TrustedOwners.OfThisProcess(), cache.Path, TimeSpan.FromSeconds(30)).RunAsync(folder, _ => options);
    }
}
