using Calico.Core.Chain;
using Calico.Core.Chain.Declarations;
using Calico.Core.Plugins;
using Calico.Sdk;

namespace Calico.Core.Tests.Plugins.Verifying;

public sealed class PluginAloneTests
{
    private static readonly PluginDeclaration s_plugin = new("meter")
    {
        Stages = [new StageDeclaration("meter", "count", StagePhase.PostFlow) { Constraints = [new OrderConstraint(Before: false, "policy", Optional: false)] }],
        Requires = ["policy"],
        Imports =
        [
            new ImportDeclaration("routes", "backends", typeof(uint), typeof(ulong), IsOptional: false),
            new ImportDeclaration("nat", "service", null, typeof(ushort), IsOptional: true),
        ],
    };

    [Fact]
    public void It_can_be_planned_without_the_plugins_that_it_needs() =>
        Assert.All(PluginAlone.Variants(s_plugin), variant => Assert.Empty(ChainPlanner.Plan(variant, ChainRecord.Empty).Problems));

    [Fact]
    public void It_is_planned_once_with_what_is_optional_and_once_without()
    {
        IReadOnlyList<IReadOnlyList<PluginDeclaration>> variants = PluginAlone.Variants(s_plugin);

        Assert.Equal([["meter", "routes", "nat"], ["meter", "routes"]], variants.Select(variant => variant.Select(plugin => plugin.Id)));
        Assert.Single(PluginAlone.Variants(s_plugin with { Imports = [] }));
    }

    [Fact]
    public void What_it_needs_is_told_and_what_is_optional_is_not() => Assert.Equal(
        [
            "It requires the plugin 'policy', which its node must have.",
            "Its stage 'count' must run after 'policy', a stage of another plugin, which its node must have.",
            "It uses the map 'backends' of the plugin 'routes', which its node must have.",
        ],
        PluginAlone.Needs(s_plugin));
}
