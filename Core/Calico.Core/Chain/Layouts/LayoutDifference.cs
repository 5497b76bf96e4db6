namespace Calico.Core.Chain.Layouts;

/// <summary>One map or flow field that has another layout than the one of its name that is in force.</summary>
/// <param name="PluginId">Whose it is.</param>
/// <param name="What">Such as <c>map buckets</c>.</param>
/// <param name="CName">Its name in C.</param>
/// <param name="Changes">Each difference, in a few words.</param>
public sealed record LayoutDifference(string PluginId, string What, string CName, IReadOnlyList<string> Changes)
{
    public override string ToString() => $"{What}: {string.Join(", ", Changes)}";

    /// <summary>Compares what both have; what is new or gone is no difference.</summary>
    public static IReadOnlyList<LayoutDifference> Between(LayoutCatalog before, LayoutCatalog after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        var maps = before.Maps.Join(after.Maps, map => map.CName, map => map.CName, (was, now) =>
            new LayoutDifference(now.PluginId, $"map {now.Name}", now.CName, [.. Compare(was, now)]), StringComparer.Ordinal);
        var fields = before.FlowFields.Join(after.FlowFields, field => field.CName, field => field.CName, (was, now) =>
            new LayoutDifference(now.PluginId, $"flow field {now.Name}", now.CName, [.. Compare("", was.Type, now.Type)]), StringComparer.Ordinal);
        var events = before.Events.Join(after.Events, stream => stream.CName, stream => stream.CName, (was, now) =>
            new LayoutDifference(now.PluginId, $"event stream {now.Name}", now.CName, [.. Compare(was, now)]), StringComparer.Ordinal);
        return [.. maps.Concat(fields).Concat(events).Where(difference => difference.Changes.Count > 0)];
    }

    private static IEnumerable<string> Compare(MapLayout was, MapLayout now) =>
    [
        .. was.Kind == now.Kind ? [] : new[] { $"it was of kind {was.Kind}, is {now.Kind}" },
        .. was.MaxEntries == now.MaxEntries ? [] : new[] { $"it held {was.MaxEntries} entries, is to hold {now.MaxEntries}" },
        .. Compare("key", was.Key, now.Key),
        .. Compare("value", was.Value, now.Value),
    ];

    private static IEnumerable<string> Compare(EventLayout was, EventLayout now) =>
    [
        .. was.RingBytes == now.RingBytes ? [] : new[] { $"its ring had {was.RingBytes} bytes, is to have {now.RingBytes}" },
        .. Compare("", was.Record, now.Record),
    ];

    private static IEnumerable<string> Compare(string part, TypeLayout was, TypeLayout now)
    {
        var before = was.Members.ToDictionary(member => member.Name);
        var after = now.Members.ToDictionary(member => member.Name);
        foreach (var member in now.Members)
        {
            var what = Named(part, member);
            if (!before.TryGetValue(member.Name, out var old))
            {
                yield return $"{what} is new ({Place(member)})";
            }
            else if (old != member)
            {
                yield return $"{what} was {Place(old)}, is {Place(member)}";
            }
        }

        foreach (var gone in was.Members.Where(member => !after.ContainsKey(member.Name)))
        {
            yield return $"{Named(part, gone)} is gone (it was {Place(gone)})";
        }
    }

    private static string Place(MemberLayout member) =>
        member.Name.Length == 0 ? member.Type : $"{member.Type} at {member.Offset}";

    private static string Named(string part, MemberLayout member) =>
        (part, member.Name) switch
        {
            ("", "") => "it",
            (_, "") => $"the {part}",
            ("", _) => $"member {member.Name}",
            _ => $"{part} field {member.Name}",
        };
}
