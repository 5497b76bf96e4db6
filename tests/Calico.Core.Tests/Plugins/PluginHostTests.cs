using System.Runtime.Loader;
using Calico.Core.Chain.Declarations;
using Calico.Core.Plugins;
using Calico.Sdk;
using Microsoft.Extensions.DependencyInjection;

namespace Calico.Core.Tests.Plugins;

public sealed class PluginHostTests
{
    [Fact]
    public async Task A_real_plugin_is_loaded_from_its_own_output_folder()
    {
        await using PluginSet set = await TestHost.LoadAsync(BuiltPlugin.FlowCounters);
        LoadedPlugin plugin = Assert.Single(set.Plugins);

        Assert.Equal("flow-counters", plugin.Id);
        Assert.NotEmpty(plugin.Version);
        Assert.NotEmpty(plugin.Description);
        Assert.Equal(BuiltPlugin.FlowCounters, plugin.Folder);
        StageDeclaration stage = Assert.Single(plugin.Declaration.Stages);
        Assert.Equal(("flow_start", StagePhase.NewFlow, "flow_start.bpf.c.sbn", Hooks.Tc, MissedCallRule.Skip), (stage.Name, stage.Phase, stage.Template, stage.Hooks, stage.WhenMissed));
        FieldDeclaration field = Assert.Single(plugin.Declaration.FlowFields);
        Assert.Equal(("flow_counters_started", 8, typeof(ulong)), (field.CName, field.Size, field.Type));
        Assert.Equal("flow-counters", plugin.Templates.Owner);
        Assert.Contains("STAGE(flow_start)", plugin.Templates.Find("flow_start.bpf.c.sbn")!.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Host_and_plugin_share_the_types_of_the_contract_and_nothing_else()
    {
        await using PluginSet set = await TestHost.LoadAsync(BuiltPlugin.FlowCounters);
        LoadedPlugin plugin = Assert.Single(set.Plugins);
        Type entry = Assert.Single(plugin.Assembly.GetTypes(), type => typeof(IDataplanePlugin).IsAssignableFrom(type));

        Assert.NotSame(AssemblyLoadContext.GetLoadContext(typeof(IDataplanePlugin).Assembly), AssemblyLoadContext.GetLoadContext(entry.Assembly));
        Assert.Same(TestHost.Services.Flows, plugin.Services.GetRequiredService<IFlowTable>());
        Assert.Equal(
            ["Calico.Sdk", "Calico.Sdk.Resources", "Microsoft.Extensions.DependencyInjection.Abstractions", "Microsoft.Extensions.Logging.Abstractions"],
            SharedAssemblies.All.Select(shared => shared.GetName().Name).Order());
    }

    [Fact]
    public async Task The_assembly_is_not_mapped_so_its_file_may_be_replaced()
    {
        await using PluginSet set = await TestHost.LoadAsync(BuiltPlugin.FlowCounters);
        Assert.Empty(Assert.Single(set.Plugins).Assembly.Location);
    }

    [Fact]
    public async Task One_bad_plugin_never_stops_the_good_ones()
    {
        await using PluginSet set = await TestHost.TryAsync(
            new PluginRequest([BuiltPlugin.Throwing, "/nonexistent", BuiltPlugin.FlowCounters, BuiltPlugin.Obedient]));

        Assert.Equal(["flow-counters", "obedient"], set.Plugins.Select(plugin => plugin.Id));
        Assert.Equal([(BuiltPlugin.Throwing, "throwing"), ("/nonexistent", null)], set.Quarantined.Select(bad => (bad.Folder, bad.Id)));
    }

    [Fact]
    public async Task The_second_plugin_with_one_id_is_refused()
    {
        using TemporaryFolder copy = BuiltPlugin.Copy(BuiltPlugin.FlowCounters);
        await using PluginSet set = await TestHost.TryAsync(new PluginRequest([BuiltPlugin.FlowCounters, copy.Path]));

        Assert.Equal(BuiltPlugin.FlowCounters, Assert.Single(set.Plugins).Folder);
        Assert.Equal(
            $"{copy.Path} holds plugin 'flow-counters', which is loaded from {BuiltPlugin.FlowCounters} already. Remove one of the two folders from the configuration.",
            Assert.Single(set.Quarantined).Reason);
    }

    [Fact]
    public async Task The_second_plugin_with_one_command_is_refused()
    {
        PluginRequest request = TestHost.Request(BuiltPlugin.Obedient, ("command", "flows"));
        await using PluginSet set = await TestHost.TryAsync(request with { Folders = [BuiltPlugin.FlowCounters, BuiltPlugin.Obedient] });

        Assert.Equal("flow-counters", Assert.Single(set.Plugins).Id);
        QuarantinedPlugin refused = Assert.Single(set.Quarantined);
        Assert.Equal("obedient", refused.Id);
        Assert.StartsWith("Plugin 'obedient' adds the command 'flows', which plugin 'flow-counters' has added already.", refused.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plugin_that_turns_out_bad_later_is_quarantined_by_a_new_set()
    {
        await using PluginSet set = await TestHost.LoadAsync(BuiltPlugin.FlowCounters, BuiltPlugin.Obedient);
        await using PluginSet rest = await set.WithoutAsync("obedient", "its stage does not compile");

        Assert.Equal("flow-counters", Assert.Single(rest.Plugins).Id);
        Assert.Equal(("obedient", "its stage does not compile"), (Assert.Single(rest.Quarantined).Id, rest.Quarantined[0].Reason));
    }
}
