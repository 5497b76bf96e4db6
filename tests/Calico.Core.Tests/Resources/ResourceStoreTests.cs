using Calico.Core.Resources;
using Calico.Core.Resources.Documents;
using Calico.Sdk.Resources;

namespace Calico.Core.Tests.Resources;

public sealed class ResourceStoreTests
{
    private readonly ResourceStore _store = Resource.Store();

    [Fact]
    public void A_good_document_is_held_with_its_place()
    {
        HeldResource held = Assert.Single(_store.Put("n.yaml", Resource.Node("x"), Resource.Node("y")).Held, held => held.Key.Name == "y");
        Assert.Equal("n.yaml:5", held.Position.ToString());
        Assert.False(held.IsLastGood);
    }

    [Fact]
    public void A_bad_document_is_refused_with_file_line_field_and_reason_and_its_neighbours_are_held()
    {
        ResourceSnapshot snapshot = _store.Put("n.yaml", Resource.BadNode("x"), Resource.Node("y"));
        Assert.Equal(["y"], snapshot.Names());
        Assert.Equal("n.yaml:4: spec.bgp.ipv4Address: '300.1.1.1' is not an IP address (four decimal numbers from 0 to 255 without leading zeros, or an IPv6 address)", Assert.Single(snapshot.Reasons()));
    }

    [Fact]
    public void The_last_good_version_of_a_bad_document_stays_in_force_until_it_is_good_again()
    {
        _store.Put("n.yaml", Resource.Node("x", "a"));
        ResourceSnapshot bad = _store.Put("n.yaml", Resource.BadNode("x"));
        Assert.Equal("a", bad.Zone("x"));
        Assert.True(bad.Find(Resource.NodeKey("x"))!.IsLastGood);
        Assert.True(Assert.Single(bad.Refused).IsLastGoodInForce);

        ResourceSnapshot good = _store.Put("n.yaml", Resource.Node("x", "b"));
        Assert.Equal("b", good.Zone("x"));
        Assert.False(good.Find(Resource.NodeKey("x"))!.IsLastGood);
        Assert.Empty(good.Refused);
    }

    [Fact]
    public void An_unreadable_file_keeps_all_that_it_held()
    {
        _store.Put("n.yaml", Resource.Node("x"), Resource.Node("y"));
        ResourceSnapshot snapshot = _store.Break("n.yaml");
        Assert.Equal(["x", "y"], snapshot.Names());
        Assert.All(snapshot.Held, held => Assert.True(held.IsLastGood));
        Assert.True(Assert.Single(snapshot.Refused).IsLastGoodInForce);
    }

    [Fact]
    public void A_removed_file_removes_its_resources_even_if_it_was_unreadable()
    {
        _store.Put("n.yaml", Resource.Node("x"));
        _store.Break("n.yaml");
        ResourceSnapshot snapshot = _store.Remove("n.yaml");
        Assert.Empty(snapshot.Held);
        Assert.Empty(snapshot.Refused);
    }

    [Fact]
    public void A_document_that_is_taken_out_of_a_file_is_removed()
    {
        _store.Put("n.yaml", Resource.Node("x"), Resource.Node("y"));
        Assert.Equal(["y"], _store.Put("n.yaml", Resource.Node("y")).Names());
    }

    [Fact]
    public void A_misspelt_kind_or_name_does_not_remove_the_resource_that_was_meant()
    {
        _store.Put("n.yaml", Resource.Node("x"), Resource.Node("y"));
        ResourceSnapshot misspelt = _store.Put("n.yaml", Resource.Node("x").Replace("kind: Node", "kind: Nodee", StringComparison.Ordinal), Resource.Node("y"));
        Assert.Equal(["x", "y"], misspelt.Names());
        Assert.Contains("n.yaml:2: kind: 'Nodee' is not a known kind of projectcalico.org/v3; did you mean 'Node'?", Assert.Single(misspelt.Reasons()), StringComparison.Ordinal);

        // Saved once more with the same mistake: still kept. Corrected: taken.
        Assert.Equal(["x", "y"], _store.Put("n.yaml", Resource.Node("X").Replace("kind: Node", "kind: Nodee", StringComparison.Ordinal), Resource.Node("y", "c")).Names());
        ResourceSnapshot corrected = _store.Put("n.yaml", Resource.Node("x", "d"), Resource.Node("y"));
        Assert.Equal("d", corrected.Zone("x"));
        Assert.DoesNotContain(corrected.Held, held => held.IsLastGood);
    }

    [Fact]
    public void Next_to_a_document_of_an_unknown_kind_others_can_be_removed()
    {
        string unknown = "apiVersion: v1\nkind: Pod\nmetadata: { name: p }\n";
        _store.Put("n.yaml", Resource.Node("x"), Resource.Node("y"), unknown);
        Assert.Equal(["y"], _store.Put("n.yaml", Resource.Node("y"), unknown).Names());
    }

    [Fact]
    public void The_second_claim_of_a_name_is_refused_naming_both_places()
    {
        _store.Put("b.yaml", Resource.Node("x", "first"));
        ResourceSnapshot snapshot = _store.Put("a.yaml", Resource.Node("other"), Resource.Node("x", "second"));
        Assert.Equal("first", snapshot.Zone("x"));
        Assert.Equal("a.yaml:5: metadata.name: Node x is defined already at b.yaml:1, and that one is in force; remove or rename one of the two", Assert.Single(snapshot.Reasons()));
    }

    [Fact]
    public void A_refused_claim_takes_over_when_the_first_is_gone()
    {
        _store.Put("b.yaml", Resource.Node("x", "first"));
        _store.Put("a.yaml", Resource.Node("x", "second"));
        ResourceSnapshot snapshot = _store.Remove("b.yaml");
        Assert.Equal("second", snapshot.Zone("x"));
        Assert.Empty(snapshot.Refused);
    }

    [Fact]
    public void A_name_twice_in_one_file_is_refused_the_second_time()
    {
        ResourceSnapshot snapshot = _store.Put("a.yaml", Resource.Node("x", "first"), Resource.Node("x", "second"));
        Assert.Equal("first", snapshot.Zone("x"));
        Assert.Contains("a.yaml:5: metadata.name: Node x is defined already at a.yaml:1", Assert.Single(snapshot.Reasons()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_bad_first_claim_that_never_was_good_does_not_keep_a_good_one_out()
    {
        _store.Put("a.yaml", Resource.BadNode("x"));
        Assert.Equal("good", _store.Put("b.yaml", Resource.Node("x", "good")).Zone("x"));
    }

    [Fact]
    public void Origins_that_a_snapshot_does_not_name_are_gone()
    {
        _store.Put("a.yaml", Resource.Node("x"));
        _store.Put("b.yaml", Resource.Node("y"));
        _store.Apply("other", new SourceBatch(false, [new OriginRead("c", YamlText.Read(Resource.Node("z"), "c"))]));
        ResourceSnapshot snapshot = _store.Apply("test", new SourceBatch(true, [new OriginRead("b.yaml", YamlText.Read(Resource.Node("y"), "b.yaml"))]));
        Assert.Equal(["y", "z"], snapshot.Names());
    }

    [Fact]
    public void An_old_snapshot_does_not_change()
    {
        ResourceSnapshot before = _store.Put("a.yaml", Resource.Node("x", "old"));
        _store.Put("a.yaml", Resource.Node("x", "new"));
        Assert.Equal("old", before.Zone("x"));
    }

    [Fact]
    public void A_kind_that_arrives_with_a_plugin_finds_its_documents_and_leaves_with_it()
    {
        var kind = new ResourceKind<Limit>("limit.example.com/v1", "Limit", isNamespaced: false, (document, metadata) => new Limit(metadata, document.RequiredNumber("rate", 1, 10)));
        var key = new ResourceKey("limit.example.com/v1", "Limit", null, "slow");
        string text = "apiVersion: limit.example.com/v1\nkind: Limit\nmetadata: { name: slow }\nrate: 5\n";
        Assert.Contains("a plugin that brings it may be missing", Assert.Single(_store.Put("l.yaml", text).Reasons()), StringComparison.Ordinal);

        _store.UseKinds([.. CalicoKinds.All, kind]);
        Assert.Equal(5, _store.Current.Get<Limit>(key)!.Rate);
        Assert.Empty(_store.Snapshot.Refused);

        _store.UseKinds(CalicoKinds.All);
        Assert.Equal(0, _store.Current.Count);
        Assert.Single(_store.Snapshot.Refused);
    }

    [Fact]
    public void A_kind_whose_code_throws_refuses_only_its_document()
    {
        var kind = new ResourceKind<Limit>("limit.example.com/v1", "Limit", isNamespaced: false, (_, _) => throw new InvalidOperationException("out of luck"));
        _store.UseKinds([.. CalicoKinds.All, kind]);
        ResourceSnapshot snapshot = _store.Put("l.yaml", "apiVersion: limit.example.com/v1\nkind: Limit\nmetadata: { name: slow }\n", Resource.Node("x"));
        Assert.Equal(["x"], snapshot.Names());
        Assert.Contains("the plugin that brings the kind Limit failed to read it: InvalidOperationException: out of luck", Assert.Single(snapshot.Reasons()), StringComparison.Ordinal);
    }

    private sealed record Limit(ObjectMeta Metadata, long Rate) : IResource;
}
