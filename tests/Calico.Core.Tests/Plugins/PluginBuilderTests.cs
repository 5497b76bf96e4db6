using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Calico.Core.Chain.Declarations;
using Calico.Core.Compile;
using Calico.Core.Plugins;
using Calico.Sdk;

namespace Calico.Core.Tests.Plugins;

public sealed class PluginBuilderTests
{
    private readonly PluginBuilder _plugin = new(
        "acme-limit",
        OptionText.Of([], "the test"),
        new InMemoryTemplates("acme-limit", "bpf/", new Dictionary<string, string> { ["limit.bpf.c.sbn"] = "", ["other.bpf.c.sbn"] = "" }));

    [Fact]
    public void Everything_that_is_declared_is_in_the_declaration()
    {
        _plugin.Stage("limit", StagePhase.PostFlow).On(Hooks.Ingress).Inline().OnDemand().Before("nat").After("policy", optional: true)
            .RedecidesFlows().Parameter("burst", 7).WhenMissed(MissedCallRule.Skip);
        _plugin.Stage("second", StagePhase.PreFlow).Template("other.bpf.c.sbn");
        MapHandle<uint, ulong> map = _plugin.Map<uint, ulong>("buckets", MapKind.LruHash, 100);
        FlowField<uint> field = _plugin.FlowField<uint>("rate");
        _plugin.PacketField<byte>("class");
        _plugin.DropReason("RATE_LIMITED", "over the configured packet rate");
        _plugin.Requires("policy");
        _plugin.Conflicts("other-limit");
        PluginDeclaration declared = _plugin.Close().Declaration;

        Assert.Equal(
            [("limit", "limit.bpf.c.sbn", StageForm.Inline), ("second", "other.bpf.c.sbn", StageForm.TailCalled)],
            declared.Stages.Select(stage => (stage.Name, stage.Template, stage.Form)));
        StageDeclaration limit = declared.Stages[0];
        Assert.Equal((Hooks.Ingress, true, true, MissedCallRule.Skip), (limit.Hooks, limit.OnDemand, limit.RedecidesFlows, limit.WhenMissed));
        Assert.Equal([new OrderConstraint(true, "nat", false), new OrderConstraint(false, "policy", true)], limit.Constraints);
        Assert.Equal([new StageParameter("burst", 7)], limit.Parameters);
        Assert.Equal([new MapDeclaration("acme-limit", "buckets", MapKind.LruHash, typeof(uint), typeof(ulong), 100)], declared.Maps);
        Assert.Equal(("acme-limit", "buckets"), (map.PluginId, map.Name));
        Assert.Equal([new FieldDeclaration("acme-limit", "rate", typeof(uint), 4)], declared.FlowFields);
        Assert.Equal("acme-limit", field.PluginId);
        Assert.Equal([new FieldDeclaration("acme-limit", "class", typeof(byte), 1)], declared.PacketFields);
        Assert.Equal("RATE_LIMITED", Assert.Single(declared.DropReasons).Name);
        Assert.Equal(["policy"], declared.Requires);
        Assert.Equal(["other-limit"], declared.Conflicts);
    }

    [Fact]
    public void A_stage_must_have_a_name_that_C_takes() =>
        Refused(() => _plugin.Stage("Rate-Limit", StagePhase.PreFlow), "The stage 'Rate-Limit': such a name has lower-case letters, digits and underscores, begins with a letter and has at most 48 characters, because it becomes a name in C.");

    [Fact]
    public void A_name_is_declared_once()
    {
        _plugin.Stage("limit", StagePhase.PreFlow);
        Refused(() => _plugin.Stage("limit", StagePhase.NewFlow), "The stage 'limit': it is declared already. Take another name.");
    }

    [Fact]
    public void Only_PostFlow_stages_are_inline_or_on_demand()
    {
        IStageBuilder stage = _plugin.Stage("limit", StagePhase.NewFlow);
        Refused(() => stage.Inline(), "The stage 'limit': only PostFlow stages can be inline, and it is a NewFlow stage. Leave Inline() out.");
        Refused(() => stage.OnDemand(), "The stage 'limit': only PostFlow stages can be on demand, and it is a NewFlow stage. Leave OnDemand() out.");
    }

    [Fact]
    public void The_XDP_hook_has_PreFlow_stages_only()
    {
        _plugin.Stage("limit", StagePhase.NewFlow).On(Hooks.Xdp | Hooks.Ingress);
        Refused(() => _plugin.Close(), "The stage 'limit': it is a NewFlow stage on the XDP hook, where there are only PreFlow stages. Declare it as PreFlow, or leave Hooks.Xdp out.");
    }

    [Fact]
    public void A_stage_cannot_stand_before_itself() =>
        Refused(() => _plugin.Stage("limit", StagePhase.PreFlow).Before("limit"), "The stage 'limit': it cannot run before or after itself.");

    [Theory]
    [InlineData("../secret")]
    [InlineData("/etc/passwd")]
    public void A_template_lies_in_the_plugins_own_folder(string name) =>
        Refused(() => _plugin.Stage("limit", StagePhase.PreFlow).Template(name), $"The stage 'limit': '{name}' is not a template's name. Give it as it is below the bpf/ folder of the project.");

    [Fact]
    public void A_map_has_at_least_one_entry() =>
        Refused(() => _plugin.Map<uint, uint>("buckets", MapKind.Hash, 0), "The map 'buckets': it has room for 0 entries. Give at least 1.");

    [Fact]
    public void The_key_of_an_array_is_its_index() =>
        Refused(() => _plugin.Map<ulong, uint>("buckets", MapKind.Array, 1), "The map 'buckets': the key of an array is its index: take uint instead of UInt64.");

    [Fact]
    public void The_key_of_a_trie_begins_with_its_prefix_length()
    {
        Refused(
            () => _plugin.Map<ulong, uint>("prefixes", MapKind.LpmTrie, 1),
            "The map 'prefixes': the key of a prefix trie begins with its prefix length in bits: make the first field of UInt64 a uint, and the address the second.");
        _plugin.Map<Prefix, uint>("prefixes", MapKind.LpmTrie, 1);
    }

    [Fact]
    public void A_field_has_at_most_16_bytes() =>
        Refused(() => _plugin.FlowField<TooLarge>("rate"), "The flow field 'rate': its type TooLarge has 20 bytes, at most 16 fit. Keep what is larger in a map of its own.");

    [Fact]
    public void A_layout_that_C_cannot_have_is_refused_where_it_is_declared()
    {
        Refused(() => _plugin.FlowField<bool>("seen"), "The flow field 'seen': its type System.Boolean: it is a bool, whose bytes other than 0 and 1 C# and C read differently; use a byte.");
        Refused(
            () => _plugin.Map<Padded, uint>("buckets", MapKind.Hash, 1),
            "The map 'buckets': its key Calico.Core.Tests.Plugins.PluginBuilderTests.Padded: there are 3 bytes of padding before 'Rate', at offset 1; declare 3 reserved bytes behind 'Class', or order the fields from wide to narrow.");
        Refused(
            () => _plugin.Map<uint, Padded>("buckets", MapKind.Hash, 1),
            "The map 'buckets': its value Calico.Core.Tests.Plugins.PluginBuilderTests.Padded: there are 3 bytes of padding before 'Rate', at offset 1; declare 3 reserved bytes behind 'Class', or order the fields from wide to narrow.");
    }

    [Fact]
    public void A_plugin_exports_its_own_and_imports_others()
    {
        MapHandle<uint, ulong> own = _plugin.Map<uint, ulong>("buckets", MapKind.Hash, 1);
        _plugin.ExportMap(own);
        _plugin.ExportFlowField(_plugin.FlowField<uint>("rate"));
        MapHandle<uint, uint> others = _plugin.ImportMap<uint, uint>("acme-routes", "backends", optional: true);
        FlowField<ulong> field = _plugin.ImportFlowField<ulong>("acme-routes", "backend");
        Refused(() => _plugin.ExportMap(others), "The map 'backends': it belongs to plugin 'acme-routes', which alone can export it.");
        Refused(() => _plugin.ImportMap<uint, uint>("acme-limit", "x"), "The imported map 'x': it is this plugin's own. Keep what declaring it returned.");
        Refused(() => _plugin.ImportMap<uint, uint>("acme-routes", "backends"), "The imported map 'backends': it is declared already. Take another name.");
        PluginDeclaration declared = _plugin.Close().Declaration;

        Assert.Equal(["buckets"], declared.ExportedMaps);
        Assert.Equal(["rate"], declared.ExportedFlowFields);
        Assert.Equal(
            [new ImportDeclaration("acme-routes", "backends", typeof(uint), typeof(uint), true), new ImportDeclaration("acme-routes", "backend", null, typeof(ulong), false)],
            declared.Imports);
        Assert.Equal(("acme-routes", "backend"), (field.PluginId, field.Name));
    }

    [Fact]
    public void A_flow_fields_decoder_is_one_that_the_plugin_adds()
    {
        _plugin.FlowField<uint>("rate", decoder: "backend");
        Refused(() => _plugin.Close(), "The flow field 'rate': it names the decoder 'backend', which the plugin does not add. Add it with Decoder<T>(\"backend\").");
    }

    [Fact]
    public void A_key_that_C_cannot_compare_is_refused() => Refused(
        () => _plugin.Map<Named, uint>("buckets", MapKind.Hash, 1),
        "The map 'buckets': its key Calico.Core.Tests.Plugins.PluginBuilderTests.Named: the field 'Address' is as wide as the machine's pointers; use a long or ulong.");

    [Fact]
    public void A_map_takes_its_memory_entry_by_entry_where_its_kind_can()
    {
        _plugin.Map<uint, uint>("sparse", MapKind.Hash, 1, noPreallocation: true);
        Refused(
            () => _plugin.Map<uint, uint>("recent", MapKind.LruHash, 1, noPreallocation: true),
            "The map 'recent': a map of kind LruHash takes its memory at once. Leave noPreallocation out, or take a Hash.");
        Assert.True(Assert.Single(_plugin.Close().Declaration.Maps).NoPreallocation);
    }

    [Theory]
    [InlineData(0, "its ring of 0 bytes is not a power of two of at least one page (4096 bytes). Take 4096.")]
    [InlineData(2048, "its ring of 2048 bytes is not a power of two of at least one page (4096 bytes). Take 4096.")]
    [InlineData(100_000, "its ring of 100000 bytes is not a power of two of at least one page (4096 bytes). Take 131072.")]
    [InlineData(uint.MaxValue, "its ring of 4294967295 bytes is not a power of two of at least one page (4096 bytes). Take 2147483648.")]
    public void A_ring_is_a_power_of_two_of_pages(uint bytes, string told) =>
        Refused(() => _plugin.Events<ulong>("seen", bytes), "The event stream 'seen': " + told.Replace("4096", Environment.SystemPageSize.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal));

    [Fact]
    public void An_event_has_a_layout_that_C_has_too_and_a_name_that_no_map_has()
    {
        Refused(
            () => _plugin.Events<Padded>("seen", 65536),
            "The event stream 'seen': its event Calico.Core.Tests.Plugins.PluginBuilderTests.Padded: there are 3 bytes of padding before 'Rate', at offset 1; declare 3 reserved bytes behind 'Class', or order the fields from wide to narrow.");
        _plugin.Events<ulong>("seen", 65536);
        Refused(() => _plugin.Map<uint, uint>("seen", MapKind.Hash, 1), "The map 'seen': it is declared already. Take another name.");
        Refused(() => _plugin.Map<uint, uint>("seen_lost", MapKind.Hash, 1), "The map 'seen_lost': it is declared already. Take another name.");
    }

    [Fact]
    public void A_drop_reason_is_written_in_upper_case() =>
        Refused(() => _plugin.DropReason("limited", "over the rate"), "The drop reason 'limited': such a name has upper-case letters, digits and underscores, begins with a letter and has at most 48 characters, because it becomes DROP_NAME in C.");

    [Fact]
    public void A_plugin_does_not_conflict_with_itself() =>
        Refused(() => _plugin.Conflicts("acme-limit"), "The other plugin 'acme-limit': that is this plugin itself.");

    [Fact]
    public void A_commands_row_must_be_an_object()
    {
        var options = new JsonSerializerOptions { TypeInfoResolver = new DefaultJsonTypeInfoResolver() };
        Refused(
            () => _plugin.Command<Numbers, int>("numbers", "Lists numbers.", (JsonTypeInfo<int>)options.GetTypeInfo(typeof(int))),
            "The command 'numbers': its row type Int32 is not written as a JSON object. Take a record: its properties become the columns.");
    }

    [Fact]
    public void Nothing_is_declared_after_Configure()
    {
        IStageBuilder stage = _plugin.Stage("limit", StagePhase.PreFlow);
        _plugin.Close();
        const string Late = "Plugin 'acme-limit' declares something after Configure has returned. Declare everything inside Configure.";
        Assert.Equal(Late, Assert.Throws<InvalidOperationException>(() => stage.OnDemand().Parameter("late", 1)).Message);
        Assert.Equal(Late, Assert.Throws<InvalidOperationException>(() => _plugin.PacketField<byte>("late")).Message);
        Assert.Equal(Late, Assert.Throws<InvalidOperationException>(() => _plugin.Services).Message);
    }

    [Theory]
    [InlineData("core")]
    [InlineData("Acme")]
    [InlineData("1st")]
    [InlineData("acme_limit")]
    [InlineData("")]
    [InlineData("acme\n")]
    public void An_id_that_breaks_the_rules_is_explained(string id) => Assert.NotNull(NameRules.ExplainId(id));

    private static void Refused(Action declaration, string message) =>
        Assert.Equal(message, Assert.ThrowsAny<ArgumentException>(declaration).Message);

    private record struct Prefix(uint Length, uint Address);

    private record struct Named(nint Address);

    private record struct Padded(byte Class, uint Rate);

    [InlineArray(5)]
    private struct TooLarge
    {
        private uint _first;
    }

    private sealed class Numbers : ICommandHandler<int>
    {
        public IAsyncEnumerable<int> RunAsync(CommandInput input, CancellationToken cancellationToken) => AsyncEnumerable.Empty<int>();
    }
}
