namespace Calico.Core.Chain.Planning;

/// <summary>Gives numbers to names so that a name keeps its number across generations.</summary>
/// <remarks>
/// A name that is gone keeps its reservation, because flows and counters of older generations may still carry the number.
/// New names take free numbers; only when there are none left is a reservation of a gone name given away.
/// </remarks>
internal sealed class NumberAllocation
{
    private readonly SortedDictionary<int, string> _owners;
    private readonly HashSet<string> _inUse;
    private readonly string _what;
    private readonly int _first;
    private readonly int _last;

    public NumberAllocation(string what, int first, int last, IReadOnlyList<NumberReservation> reservations, IEnumerable<string> names)
    {
        (_what, _first, _last) = (what, first, last);
        _owners = new(reservations.ToDictionary(reservation => reservation.Number, reservation => reservation.Name));
        Numbers = reservations.ToDictionary(reservation => reservation.Name, reservation => reservation.Number);
        _inUse = [.. names];
        foreach (string name in _inUse.Where(name => !Numbers.ContainsKey(name)).Order(StringComparer.Ordinal))
        {
            Assign(name);
        }
    }

    /// <summary>Each name's number, also of names that are gone.</summary>
    public Dictionary<string, int> Numbers { get; }

    /// <summary>Names for which there was no room.</summary>
    public List<string> WithoutRoom { get; } = [];

    public List<ReclaimedReservation> Reclaimed { get; } = [];

    public IReadOnlyList<NumberReservation> Reservations => [.. _owners.Select(pair => new NumberReservation(pair.Value, pair.Key))];

    private void Assign(string name)
    {
        int? number = FirstWhere(n => !_owners.ContainsKey(n)) ?? FirstWhere(n => !_inUse.Contains(_owners[n]));
        if (number is not { } found)
        {
            WithoutRoom.Add(name);
            return;
        }

        if (_owners.TryGetValue(found, out string? gone))
        {
            Reclaimed.Add(new ReclaimedReservation(_what, gone, name));
            Numbers.Remove(gone);
        }

        _owners[found] = name;
        Numbers[name] = found;
    }

    private int? FirstWhere(Func<int, bool> condition)
    {
        for (int number = _first; number <= _last; number++)
        {
            if (condition(number))
            {
                return number;
            }
        }

        return null;
    }
}
