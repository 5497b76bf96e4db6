using System.Collections.Immutable;
using Calico.Core.Resources.Documents;
using Calico.Sdk.Resources;

namespace Calico.Core.Resources;

/// <summary>
/// Decides which document is in force for each resource.
/// <code>
///   origin (file) ──documents──► claims, by resource ──resolve──► held (in force)
///                                                       └───────► refused, by origin
/// </code>
/// </summary>
/// <remarks>Not safe for use from several threads; the store guards it. The cost of a batch is that of the origins it names.</remarks>
internal sealed class DesiredState(ResourceKinds kinds)
{
    private readonly Dictionary<OriginKey, OriginState> _origins = [];
    private readonly Dictionary<ResourceKey, List<Claim>> _claims = [];
    // Resources in force by the origin that holds them: an origin's change concerns them even if it claims them no more.
    private readonly Dictionary<OriginKey, HashSet<ResourceKey>> _heldBy = [];
    private ImmutableDictionary<ResourceKey, HeldResource> _held = ImmutableDictionary<ResourceKey, HeldResource>.Empty;
    private ImmutableDictionary<OriginKey, ImmutableArray<RefusedDocument>> _refused = ImmutableDictionary<OriginKey, ImmutableArray<RefusedDocument>>.Empty;
    private ResourceKinds _kinds = kinds;
    private DocumentParser _parser = new(kinds);

    public StateChange Apply(string source, SourceBatch batch)
    {
        var touched = new Touched();
        foreach (OriginChange change in batch.Changes)
        {
            ApplyOrigin(new OriginKey(source, change.Origin), change, touched);
        }

        if (batch.IsSnapshot)
        {
            HashSet<string> present = [.. batch.Changes.Select(change => change.Origin)];
            foreach (OriginKey gone in _origins.Keys.Where(key => key.Source == source && !present.Contains(key.Origin)).ToArray())
            {
                ApplyOrigin(gone, new OriginGone(gone.Origin), touched);
            }
        }

        return Settle(touched);
    }

    public StateChange UseKinds(ResourceKinds kinds)
    {
        _kinds = kinds;
        _parser = new DocumentParser(kinds);
        var touched = new Touched();
        foreach (OriginState origin in _origins.Values)
        {
            RemoveClaims(origin, touched);
            origin.TakeAgain(_parser.Parse(origin.Content));
            AddClaims(origin, touched);
        }

        return Settle(touched);
    }

    private void ApplyOrigin(OriginKey key, OriginChange change, Touched touched)
    {
        if (!_origins.TryGetValue(key, out OriginState? origin))
        {
            if (change is OriginGone)
            {
                return;
            }

            origin = new OriginState(key);
            _origins.Add(key, origin);
        }

        RemoveClaims(origin, touched);
        switch (change)
        {
            case OriginGone:
                _origins.Remove(key);
                return;
            case OriginUnreadable unreadable:
                origin.Unreadable = unreadable.Problem;
                break;
            case OriginRead read:
                origin.Take(read.Documents, _parser.Parse(read.Documents));
                break;
        }

        AddClaims(origin, touched);
    }

    private void RemoveClaims(OriginState origin, Touched touched)
    {
        touched.Origins.Add(origin.Key);
        touched.Keys.UnionWith(_heldBy.GetValueOrDefault(origin.Key) ?? []);
        foreach (ParsedDocument document in origin.Documents)
        {
            if (document.Key is { } key && _claims.TryGetValue(key, out List<Claim>? claims))
            {
                touched.Keys.Add(key);
                claims.RemoveAll(claim => claim.Origin == origin.Key);
                if (claims.Count == 0)
                {
                    _claims.Remove(key);
                }
            }
        }
    }

    private void AddClaims(OriginState origin, Touched touched)
    {
        int index = 0;
        foreach (ParsedDocument document in origin.Documents)
        {
            if (document.Key is { } key)
            {
                touched.Keys.Add(key);
                if (!_claims.TryGetValue(key, out List<Claim>? claims))
                {
                    _claims.Add(key, claims = []);
                }

                claims.Add(new Claim(origin.Key, index, document));
                claims.Sort();
            }

            index++;
        }
    }

    private StateChange Settle(Touched touched)
    {
        var changes = new List<ResourceChange>();
        ImmutableDictionary<ResourceKey, HeldResource> heldBefore = _held;
        ImmutableDictionary<ResourceKey, HeldResource>.Builder held = _held.ToBuilder();
        foreach (ResourceKey key in touched.Keys.Order())
        {
            HeldResource? before = held.GetValueOrDefault(key);
            HeldResource? after = Resolve(key, before);
            if (!ReferenceEquals(before?.Resource, after?.Resource))
            {
                changes.Add(new ResourceChange(key, before?.Resource, after?.Resource));
            }

            Record(held, key, before, after);
            touched.Origins.UnionWith(_claims.GetValueOrDefault(key)?.Select(claim => claim.Origin) ?? []);
        }

        _held = held.ToImmutable();
        var newlyRefused = new List<RefusedDocument>();
        bool isRefusedChanged = RefreshRefused(touched.Origins, newlyRefused);
        return new StateChange(isRefusedChanged || !ReferenceEquals(heldBefore, _held), changes, newlyRefused, _held, _refused);
    }

    private HeldResource? Resolve(ResourceKey key, HeldResource? held)
    {
        // A kind whose plugin is gone leaves nothing behind: its objects would keep the plugin's assembly loaded.
        if (_kinds.Find(key.ApiVersion, key.Kind) is not { } kind)
        {
            return null;
        }

        // Nor does the former version of a plugin: what the new one cannot read is not kept as the old one read it.
        held = held is not null && kind.Type.IsInstanceOfType(held.Resource) ? held : null;

        List<Claim> claims = _claims.GetValueOrDefault(key) ?? [];
        if (held is not null && _origins.TryGetValue(held.Origin, out OriginState? holder))
        {
            bool isClaimed = false;
            foreach (Claim claim in claims.Where(claim => claim.Origin == held.Origin))
            {
                isClaimed = true;
                if (claim.Document.Resource is not null)
                {
                    return Hold(key, claim, held, holder.Unreadable is not null);
                }
            }

            bool mayBeMisspelt = holder.HasNamelessDocuments && (holder.HasLostNames || held.IsLastGood);
            if (isClaimed || mayBeMisspelt)
            {
                return held.IsLastGood ? held : held with { IsLastGood = true };
            }
        }

        foreach (Claim claim in claims)
        {
            if (claim.Document.Resource is not null)
            {
                return Hold(key, claim, held, isLastGood: false);
            }
        }

        return null;
    }

    private static HeldResource Hold(ResourceKey key, Claim claim, HeldResource? held, bool isLastGood)
    {
        // The same content is the same version, wherever it stands now: moving a document or adding a comment changes nothing.
        IResource resource = held is not null
            && held.Resource.GetType() == claim.Document.Resource!.GetType()
            && held.Document.HasContentOf(claim.Document.Node)
                ? held.Resource
                : claim.Document.Resource!;
        return new HeldResource(key, resource, claim.Origin, claim.Document.Node, claim.Document.Problems, isLastGood);
    }

    private void Record(ImmutableDictionary<ResourceKey, HeldResource>.Builder held, ResourceKey key, HeldResource? before, HeldResource? after)
    {
        if (before is not null && before.Origin != after?.Origin && _heldBy.TryGetValue(before.Origin, out HashSet<ResourceKey>? keys))
        {
            keys.Remove(key);
            if (keys.Count == 0)
            {
                _heldBy.Remove(before.Origin);
            }
        }

        if (after is null)
        {
            held.Remove(key);
            return;
        }

        held[key] = after;
        if (!_heldBy.TryGetValue(after.Origin, out HashSet<ResourceKey>? holding))
        {
            _heldBy.Add(after.Origin, holding = []);
        }

        holding.Add(key);
    }

    private bool RefreshRefused(IEnumerable<OriginKey> origins, List<RefusedDocument> newlyRefused)
    {
        ImmutableDictionary<OriginKey, ImmutableArray<RefusedDocument>> before = _refused;
        foreach (OriginKey key in origins)
        {
            ImmutableArray<RefusedDocument> old = _refused.GetValueOrDefault(key, []);
            ImmutableArray<RefusedDocument> now = _origins.TryGetValue(key, out OriginState? origin) ? Refusals.Of(origin, _held) : [];
            if (old.SequenceEqual(now, RefusalComparer.Instance))
            {
                continue;
            }

            newlyRefused.AddRange(now.Except(old, RefusalComparer.Instance));
            _refused = now.IsEmpty ? _refused.Remove(key) : _refused.SetItem(key, now);
        }

        return !ReferenceEquals(before, _refused);
    }

    private sealed class Touched
    {
        public HashSet<ResourceKey> Keys { get; } = [];

        public HashSet<OriginKey> Origins { get; } = [];
    }

    /// <summary>A document's claim to say what a resource is.</summary>
    private sealed record Claim(OriginKey Origin, int Index, ParsedDocument Document) : IComparable<Claim>
    {
        public int CompareTo(Claim? other)
        {
            int order = string.CompareOrdinal(Origin.Source, other?.Origin.Source);
            order = order != 0 ? order : string.CompareOrdinal(Origin.Origin, other?.Origin.Origin);
            return order != 0 ? order : Index.CompareTo(other?.Index ?? 0);
        }
    }
}
