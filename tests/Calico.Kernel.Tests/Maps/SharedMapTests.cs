using Calico.Core.Chain.Declarations;
using Calico.Core.Maps;
using Calico.Harness.Chains;
using Calico.Kernel.Tests.Chain;
using Calico.Sdk;

namespace Calico.Kernel.Tests.Maps;

/// <summary>Two plugins that share a map and a flow field.</summary>
public sealed class SharedMapTests
{
    private const string Body = """
        #if HAS_PROBE_CELLS
        	__u32 zero = 0;
        	__u64 *tickets = bpf_map_lookup_elem(&probe_cells, &zero);

        	if (tickets)
        		*tickets += 1 + flow_fields(pkt)->probe_field;
        #endif
        	return stage_next(pkt);
        """;

    private static readonly MapHandle<uint, ulong> s_cells = new(Probe.Id, "cells");

    [Fact]
    public void A_plugin_uses_the_map_and_the_flow_field_of_another_in_its_stage_and_in_user_space()
    {
        HarnessPlugin owner = Probe.Plugin((Probe.Stage("mark", StagePhase.NewFlow), "\tflow_fields(pkt)->probe_field = 41;\n\treturn stage_next(pkt);"));
        owner = owner with { Declaration = owner.Declaration with { ExportedMaps = ["cells"], ExportedFlowFields = ["field"] } };
        using ChainHarness chain = new(new ChainHarnessOptions { Plugins = [owner, User(optional: false)] });

        chain.FromA(chain.Udp(v6: false));

        var access = new PluginMapAccess("user", chain.Maps, () => chain.Generation.Plan);
        Assert.True(access.Open(s_cells).TryGet(0, out ulong value));
        Assert.Equal(42UL, value);
        Assert.Equal(
            "The map 'other' belongs to plugin 'probe', and plugin 'user' has not imported it. Import it with ImportMap.",
            Assert.Throws<InvalidOperationException>(() => access.Open(new MapHandle<uint, ulong>(Probe.Id, "other"))).Message);
    }

    [Fact]
    public void A_plugin_works_without_what_it_imports_optionally()
    {
        using ChainHarness chain = new(new ChainHarnessOptions { Plugins = [User(optional: true)] });

        Assert.True(chain.FromA(chain.Udp(v6: false)).IsRedirected);

        var access = new PluginMapAccess("user", chain.Maps, () => chain.Generation.Plan);
        Assert.False(access.TryOpen(s_cells, out _));
        Assert.Equal(
            "The map 'cells', which plugin 'user' imports, is not there: no plugin 'probe' that exports it is loaded. Ask with TryOpen first.",
            Assert.Throws<InvalidOperationException>(() => access.Open(s_cells)).Message);
    }

    private static HarnessPlugin User(bool optional)
    {
        HarnessPlugin user = HarnessPlugin.Of("user", (new StageDeclaration("user", "use", StagePhase.PostFlow), optional ? Body.Replace("flow_fields(pkt)->probe_field", "0", StringComparison.Ordinal) : Body));
        return user with
        {
            Declaration = user.Declaration with
            {
                Imports =
                [
                    new ImportDeclaration(Probe.Id, "cells", typeof(uint), typeof(ulong), optional),
                    new ImportDeclaration(Probe.Id, "field", null, typeof(ulong), optional),
                ],
            },
        };
    }
}
