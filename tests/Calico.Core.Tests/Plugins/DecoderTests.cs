using Calico.Core.Plugins;
using Calico.Sdk;

namespace Calico.Core.Tests.Plugins;

/// <summary>Names for ids, of the test plugin "obedient".</summary>
public sealed class DecoderTests
{
    [Fact]
    public async Task An_id_is_decoded_by_the_plugin_that_knows_it()
    {
        await using PluginSet set = await TestHost.LoadAsync(BuiltPlugin.Obedient);
        var decoders = new IdDecoders(() => set.Plugins, () => null);

        Assert.Equal("number seven", decoders.Decode("obedient", "number", 7));
        Assert.Null(decoders.Decode("obedient", "number", 8));
        Assert.Null(decoders.Decode("obedient", "colour", 7));
        Assert.Null(decoders.Decode("other", "number", 7));
    }

    [Fact]
    public async Task A_decoder_that_throws_knows_no_name()
    {
        await using PluginSet set = await TestHost.LoadAsync(BuiltPlugin.Obedient);
        Assert.Null(new IdDecoders(() => set.Plugins, () => null).Decode("obedient", "number", 13));
    }

    [Fact]
    public async Task A_stopped_plugin_decodes_nothing()
    {
        PluginSet set = await TestHost.LoadAsync(BuiltPlugin.Obedient);
        IReadOnlyList<LoadedPlugin> plugins = set.Plugins;
        Assert.Empty(await set.StopAsync());
        Assert.Null(new IdDecoders(() => plugins, () => null).Decode("obedient", "number", 7));
    }

    [Fact]
    public async Task A_flow_fields_value_is_decoded_by_the_decoder_that_the_field_names()
    {
        await using PluginSet set = await TestHost.LoadAsync(BuiltPlugin.Obedient);
        var plan = Core.Chain.ChainPlanner.PlanWithoutFailing(set.Declarations, Core.Chain.ChainRecord.Empty).Plan;
        var decoders = new IdDecoders(() => set.Plugins, () => plan);

        Assert.Equal("number seven", decoders.Decode(new FlowField<ushort>("obedient", "number"), (ushort)7));
        Assert.Null(decoders.Decode(new FlowField<ushort>("obedient", "other"), (ushort)7));
    }
}
