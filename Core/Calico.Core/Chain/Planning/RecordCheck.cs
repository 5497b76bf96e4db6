namespace Calico.Core.Chain.Planning;

/// <summary>A record from disk is input like any other: what the planner relies on is checked once, when it is read.</summary>
internal static class RecordCheck
{
    /// <summary>What is wrong with a record, or null.</summary>
    public static string? FindDamage(ChainRecord record) =>
        record.Version != 1 ? $"it has version {record.Version} and this Core reads version 1"
        : Numbers("stage bit", record.StageBits, 0, ChainLimits.StageBits - 1)
            ?? Numbers("drop reason", record.DropReasons, ChainLimits.FirstPluginDropReason, ChainLimits.LastDropReason)
            ?? Numbers("stage number", record.StageNumbers, TraceNumbers.FirstStage, ChainLimits.LastTraceNumber)
            ?? Numbers("trace note", record.TraceNotes, 1, ChainLimits.LastTraceNumber)
            ?? Fields(record.FlowFields);

    private static string? Numbers(string what, IReadOnlyList<NumberReservation> reservations, int first, int last)
    {
        if (reservations.FirstOrDefault(r => r.Number < first || r.Number > last) is { } outside)
        {
            return $"the {what} of '{outside.Name}' is {outside.Number}, outside {first} to {last}";
        }

        if (reservations.GroupBy(r => r.Number).FirstOrDefault(group => group.Count() > 1) is { } number)
        {
            return $"the {what} {number.Key} belongs to {string.Join(" and ", number.Select(r => $"'{r.Name}'"))}";
        }

        return reservations.GroupBy(r => r.Name).FirstOrDefault(group => group.Count() > 1) is { } name
            ? $"'{name.Key}' has more than one {what}"
            : null;
    }

    private static string? Fields(IReadOnlyList<FieldReservation> fields)
    {
        if (fields.FirstOrDefault(f => f.Offset < 0 || f.Size is < 1 or > ChainLimits.FieldBytes || f.End > ChainLimits.FlowFieldBytes) is { } outside)
        {
            return $"the flow field '{outside.Name}' has offset {outside.Offset} and size {outside.Size}, outside {ChainLimits.FlowFieldBytes} bytes";
        }

        List<FieldReservation> sorted = [.. fields.OrderBy(f => f.Offset)];
        for (int i = 1; i < sorted.Count; i++)
        {
            if (sorted[i].Offset < sorted[i - 1].End)
            {
                return $"the flow fields '{sorted[i - 1].Name}' and '{sorted[i].Name}' overlap";
            }
        }

        return null;
    }
}
