using Calico.Core.Chain.Declarations;

namespace Calico.Core.Chain.Planning;

/// <summary>Gives places to fields so that a field keeps its place across generations; see <see cref="NumberAllocation"/>.</summary>
internal sealed class FieldAllocation
{
    private readonly List<FieldReservation> _reservations;
    private readonly HashSet<(string Name, int Size)> _inUse;
    private readonly int _room;

    public FieldAllocation(int room, IReadOnlyList<FieldReservation> reservations, IReadOnlyList<FieldDeclaration> fields)
    {
        _room = room;
        _reservations = [.. reservations];
        _inUse = [.. fields.Select(field => (field.CName, field.Size))];

        // The widest first: then natural alignment wastes nothing.
        var sorted = fields
            .Select(field => (field, alignment: FieldAlignment.Of(field.Type)))
            .OrderByDescending(pair => pair.alignment)
            .ThenByDescending(pair => pair.field.Size)
            .ThenBy(pair => pair.field.CName, StringComparer.Ordinal);
        foreach ((FieldDeclaration field, int alignment) in sorted)
        {
            Place(field, alignment);
        }

        Planned.Sort((a, b) => a.Offset.CompareTo(b.Offset));
        _reservations.Sort((a, b) => a.Offset.CompareTo(b.Offset));
    }

    /// <summary>By offset.</summary>
    public List<PlannedField> Planned { get; } = [];

    /// <summary>Fields for which there was no room.</summary>
    public List<FieldDeclaration> WithoutRoom { get; } = [];

    public List<ReclaimedReservation> Reclaimed { get; } = [];

    public IReadOnlyList<FieldReservation> Reservations => _reservations;

    private void Place(FieldDeclaration field, int alignment)
    {
        FieldReservation? kept = _reservations.FirstOrDefault(r =>
            r.Name == field.CName && r.Size == field.Size && r.Offset % alignment == 0);
        int? offset = kept?.Offset
            ?? Fit(field, alignment, _reservations)
            ?? Fit(field, alignment, _reservations.Where(IsInUse));
        if (offset is not { } found)
        {
            WithoutRoom.Add(field);
            return;
        }

        if (kept is null)
        {
            FieldReservation reservation = new(field.CName, found, field.Size);
            foreach (FieldReservation gone in _reservations.Where(r => Overlap(r, reservation)))
            {
                Reclaimed.Add(new ReclaimedReservation("flow field", gone.Name, field.CName));
            }

            _reservations.RemoveAll(r => Overlap(r, reservation));
            _reservations.Add(reservation);
        }

        Planned.Add(new PlannedField(field.PluginId, field.Name, field.CName, field.Type, found, field.Size, alignment));
    }

    private bool IsInUse(FieldReservation reservation) => _inUse.Contains((reservation.Name, reservation.Size));

    private int? Fit(FieldDeclaration field, int alignment, IEnumerable<FieldReservation> taken)
    {
        List<FieldReservation> obstacles = [.. taken];
        for (int offset = 0; offset + field.Size <= _room; offset += alignment)
        {
            FieldReservation candidate = new(field.CName, offset, field.Size);
            if (!obstacles.Any(obstacle => Overlap(obstacle, candidate)))
            {
                return offset;
            }
        }

        return null;
    }

    private static bool Overlap(FieldReservation a, FieldReservation b) => a.Offset < b.End && b.Offset < a.End;
}
