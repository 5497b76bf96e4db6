using Calico.Core.Chain;
using Calico.Core.Chain.Declarations;
using Calico.Core.Chain.Rendering;
using Calico.Sdk;

namespace Calico.Core.Tests.Chain;

/// <summary>What plugins use of each other, and the types that they bring.</summary>
public sealed class ImportTests
{
    private static readonly PluginDeclaration s_routes = new("acme-routes")
    {
        Maps =
        [
            new MapDeclaration("acme-routes", "backends", MapKind.Hash, typeof(uint), typeof(Theirs.Backend), 10),
            new MapDeclaration("acme-routes", "secret", MapKind.Hash, typeof(uint), typeof(uint), 10),
        ],
        FlowFields = [new FieldDeclaration("acme-routes", "backend", typeof(uint), 4)],
        ExportedMaps = ["backends"],
        ExportedFlowFields = ["backend"],
    };

    [Fact]
    public void What_another_plugin_exports_can_be_used_by_one_that_has_the_same_layout()
    {
        PlanResult result = Plan(s_routes, User(Map("backends", typeof(Same.Backend)), Field("backend", typeof(uint))));
        Assert.Empty(result.Problems);
        string types = GeneratedHeaders.Of(result.Plan!, new ChainSettings()).Single(header => header.Path == "generated/types.h").Text;
        Assert.Contains("#define HAS_ACME_ROUTES_BACKENDS 1\n", types, StringComparison.Ordinal);
        Assert.Contains("#define HAS_ACME_ROUTES_BACKEND 1\n", types, StringComparison.Ordinal);
    }

    [Fact]
    public void An_optional_import_that_is_not_there_is_told_to_the_template()
    {
        PlanResult result = Plan(User(Map("backends", typeof(Same.Backend), optional: true)));
        Assert.Empty(result.Problems);
        Assert.Contains(
            "#define HAS_ACME_ROUTES_BACKENDS 0\n",
            GeneratedHeaders.Of(result.Plan!, new ChainSettings()).Single(header => header.Path == "generated/types.h").Text,
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_plugin_that_exports_it_must_be_there() => Refused(
        [User(Map("backends", typeof(Same.Backend)))],
        "Plugin 'user' uses the map 'backends' of plugin 'acme-routes', which is not installed. Install it, or remove 'user'.");

    [Fact]
    public void A_name_that_is_not_there_is_told_with_those_that_are() => Refused(
        [s_routes, User(Map("backend", typeof(Same.Backend)))],
        "Plugin 'user' uses the map 'backend' of plugin 'acme-routes', which has none of that name to export (did you mean 'backends'?). Correct the name, take a version of 'acme-routes' that has it, or remove 'user'.");

    [Fact]
    public void What_is_not_exported_cannot_be_used() => Refused(
        [s_routes, User(Map("secret", typeof(uint)))],
        "Plugin 'user' uses the map 'secret' of plugin 'acme-routes', which does not export it. Let that plugin export it, or remove 'user'.");

    [Fact]
    public void A_field_of_another_type_is_shown() => Refused(
        [s_routes, User(Map("backends", typeof(Other.Backend), optional: true))],
        "Plugin 'user' uses the map 'backends' of plugin 'acme-routes', but has another layout for it than that plugin: its value is '__u16 port' at offset 4 there and '__u16 weight' at offset 4 here. Use versions of the two that fit, or mend the struct of 'user'.");

    [Fact]
    public void A_struct_of_another_size_is_shown() => Refused(
        [s_routes, User(Field("backend", typeof(ulong)))],
        "Plugin 'user' uses the flow field 'backend' of plugin 'acme-routes', but has another layout for it than that plugin: it has 4 bytes there and 8 here. Use versions of the two that fit, or mend the struct of 'user'.");

    [Fact]
    public void A_quarantined_exporter_takes_those_with_it_that_need_it_and_nobody_else()
    {
        PluginDeclaration broken = s_routes with { Requires = ["nothing"] };
        QuarantinedPlan plan = ChainPlanner.PlanWithoutFailing(
            [broken, User(Map("backends", typeof(Same.Backend))), new PluginDeclaration("bystander")], ChainRecord.Empty);

        Assert.Equal(["acme-routes", "user"], plan.Quarantined.Select(plugin => plugin.PluginId));
        Assert.Contains("which is quarantined. Mend that plugin first", Assert.Single(plan.Quarantined[1].Reasons), StringComparison.Ordinal);
        Assert.Equal(["bystander"], plan.Plan.Plugins.Select(plugin => plugin.Id));
    }

    [Fact]
    public void Two_plugins_may_bring_the_same_struct_but_not_two_of_one_name()
    {
        PluginDeclaration Bringing(string id, Type value) => new(id) { Maps = [new MapDeclaration(id, "backends", MapKind.Hash, typeof(uint), value, 10)] };

        Assert.Empty(Plan(Bringing("one", typeof(Theirs.Backend)), Bringing("two", typeof(Same.Backend))).Problems);
        PlanProblem problem = Assert.Single(Plan(Bringing("one", typeof(Theirs.Backend)), Bringing("two", typeof(Other.Backend))).Problems);
        Assert.Equal("two", problem.PluginId);
        Assert.StartsWith("Plugin 'two' brings a type that C cannot have beside the others.", problem.Sentence, StringComparison.Ordinal);
        Assert.Contains("its C name 'backend' is also that of Calico.Core.Tests.Chain.ImportTests.Theirs.Backend", problem.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_struct_may_not_have_the_name_of_one_of_the_spine()
    {
        PlanProblem problem = Assert.Single(Plan(new PluginDeclaration("one") { PacketFields = [new FieldDeclaration("one", "note", typeof(Packet), 4)] }).Problems);
        Assert.Equal(
            "Plugin 'one' brings the struct Calico.Core.Tests.Chain.ImportTests.Packet, which is 'struct packet' in C, and the spine has one of that name. Rename it, or give it another with [CName(\"…\")].",
            problem.Sentence);
    }

    private static PlanResult Plan(params PluginDeclaration[] plugins) => ChainPlanner.Plan(plugins, ChainRecord.Empty);

    private static void Refused(PluginDeclaration[] plugins, string sentence)
    {
        PlanProblem problem = Assert.Single(Plan(plugins).Problems);
        Assert.Equal(("user", sentence), (problem.PluginId, problem.Sentence));
    }

    private static PluginDeclaration User(params ImportDeclaration[] imports) => new("user") { Imports = imports };

    private static ImportDeclaration Map(string name, Type value, bool optional = false) => new("acme-routes", name, typeof(uint), value, optional);

    private static ImportDeclaration Field(string name, Type type) => new("acme-routes", name, null, type, IsOptional: false);

    private static class Theirs
    {
        public record struct Backend(uint Address, ushort Port, ushort Weight);
    }

    private static class Same
    {
        public record struct Backend(uint Address, ushort Port, ushort Weight);
    }

    private static class Other
    {
        public record struct Backend(uint Address, ushort Weight, ushort Port);
    }

    private record struct Packet(uint Note);
}
