using Calico.Agent.Api;
using Calico.Agent.Api.Contracts;
using Calico.Agent.Hosting;
using Calico.Core.Resources;
using Calico.Sdk.Resources;

namespace Calico.Agent.Tests.Hosting;

public sealed class StoreReportsTests
{
    [Fact]
    public void What_was_written_is_shown_with_its_place()
    {
        ResourceStore store = StoreOf(
            ("apiVersion", Text("projectcalico.org/v3")),
            ("kind", Text("Node")),
            ("metadata", Mapping(("name", Text("node-1")), ("labels", Mapping(("zone", Text("5", isQuoted: true)))))));

        HeldReport held = Assert.Single(new StoreReports(store).List(new ResourceFilter(WithDocuments: true)).Held);

        Assert.Equal(("Node", null, "node-1", "nodes.yaml:4"), (held.Kind, held.Namespace, held.Name, held.Source));
        Assert.Equal(
            """{"apiVersion":"projectcalico.org/v3","kind":"Node","metadata":{"name":"node-1","labels":{"zone":"5"}}}""",
            held.Document!.Value.GetRawText());
    }

    [Fact]
    public void What_is_refused_is_shown_with_its_reasons_whatever_is_asked_for()
    {
        ResourceStore store = StoreOf(("kind", Text("Nothing")));

        ResourceListing listing = new StoreReports(store).List(new ResourceFilter(Kind: "Node"));

        Assert.Empty(listing.Held);
        RefusedReport refused = Assert.Single(listing.Refused);
        Assert.All(refused.Problems, problem => Assert.StartsWith("nodes.yaml:4: ", problem, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("3", false, "3")]
    [InlineData("3", true, "\"3\"")]
    [InlineData("true", false, "true")]
    [InlineData("~", false, "null")]
    [InlineData("10.0.0.1", false, "\"10.0.0.1\"")]
    [InlineData("007x", false, "\"007x\"")]
    public void A_scalar_is_what_YAML_takes_it_for(string text, bool isQuoted, string json)
    {
        Assert.Equal(json, DocumentJson.Of(Text(text, isQuoted)).GetRawText());
    }

    private static ResourceStore StoreOf(params (string Name, ResourceNode Value)[] fields)
    {
        var store = new ResourceStore(CalicoKinds.All, []);
        store.Apply("test", new SourceBatch(IsSnapshot: true, [new OriginRead("nodes.yaml", [Mapping(fields)])]));
        return store;
    }

    private static readonly SourcePosition s_position = new("nodes.yaml", 4, 1);

    private static MappingNode Mapping(params (string Name, ResourceNode Value)[] fields) =>
        new([.. fields.Select(field => new MappingField(field.Name, s_position, field.Value))], s_position, ResourcePath.Root);

    private static ScalarNode Text(string text, bool isQuoted = false) => new(text, isQuoted, s_position, ResourcePath.Root);
}
