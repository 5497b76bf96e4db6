using Calico.Core.Chain.Declarations;

namespace Calico.Core.Chain.Planning;

/// <summary>Stage bits, fields and drop reasons: what each name has got, and the record for the next generation.</summary>
internal sealed class Reservations
{
    private readonly NumberAllocation _bits;
    private readonly NumberAllocation _reasons;
    private readonly NumberAllocation _stageNumbers;
    private readonly NumberAllocation _notes;
    private readonly FieldAllocation _flowFields;
    private readonly FieldAllocation _packetFields;
    private readonly IReadOnlyList<DropReasonDeclaration> _reasonsAsked;
    private readonly IReadOnlyList<TraceNoteDeclaration> _notesAsked;
    private readonly PlanningInput _input;

    public Reservations(PlanningInput input)
    {
        _input = input;
        _bits = new("stage bit", 0, ChainLimits.StageBits - 1, input.Record.StageBits, input.Stages.Where(stage => stage.OnDemand).Select(stage => stage.Name));
        _reasonsAsked = [.. input.Plugins.SelectMany(plugin => plugin.DropReasons).DistinctBy(reason => reason.Name)];
        _reasons = new("drop reason", ChainLimits.FirstPluginDropReason, ChainLimits.LastDropReason, input.Record.DropReasons, _reasonsAsked.Select(reason => reason.Name));
        _stageNumbers = new("stage number", TraceNumbers.FirstStage, ChainLimits.LastTraceNumber, input.Record.StageNumbers, input.Stages.Select(stage => stage.Name));
        _notesAsked = [.. input.Plugins.SelectMany(plugin => plugin.TraceNotes).DistinctBy(note => note.Name)];
        _notes = new("trace note", 1, ChainLimits.LastTraceNumber, input.Record.TraceNotes, _notesAsked.Select(note => note.Name));
        _flowFields = new(ChainLimits.FlowFieldBytes, input.Record.FlowFields, Usable("flow", plugin => plugin.FlowFields));
        _packetFields = new(ChainLimits.PacketFieldBytes, [], Usable("packet", plugin => plugin.PacketFields));
        ReportWantOfRoom();
    }

    public IReadOnlyList<PlannedField> FlowFields => _flowFields.Planned;

    public IReadOnlyList<PlannedField> PacketFields => _packetFields.Planned;

    public IReadOnlyList<PlannedDropReason> DropReasons =>
    [
        .. SpineDropReasons.All.Select((reason, i) => new PlannedDropReason(reason.PluginId, reason.Name, i + 1, reason.Sentence)),
        .. _reasonsAsked
            .Select(reason => new PlannedDropReason(reason.PluginId, reason.Name, _reasons.Numbers[reason.Name], reason.Sentence))
            .OrderBy(reason => reason.Number),
    ];

    public IReadOnlyList<PlannedTraceNote> TraceNotes =>
        [.. _notesAsked.Select(note => new PlannedTraceNote(note, _notes.Numbers[note.Name])).OrderBy(note => note.Number)];

    // Numbers of traces are not among them: no flow carries them.
    public IReadOnlyList<ReclaimedReservation> Reclaimed => [.. _bits.Reclaimed, .. _flowFields.Reclaimed, .. _reasons.Reclaimed];

    public ChainRecord Record => new()
    {
        Plugins = [.. _input.Plugins.Select(plugin => plugin.Id)],
        StageBits = _bits.Reservations,
        FlowFields = _flowFields.Reservations,
        DropReasons = _reasons.Reservations,
        StageNumbers = _stageNumbers.Reservations,
        TraceNotes = _notes.Reservations,
    };

    public int StageNumber(StageDeclaration stage) => _stageNumbers.Numbers[stage.Name];

    public int? Bit(StageDeclaration stage) => stage.OnDemand ? _bits.Numbers[stage.Name] : null;

    private List<FieldDeclaration> Usable(string what, Func<PluginDeclaration, IReadOnlyList<FieldDeclaration>> fields)
    {
        List<FieldDeclaration> usable = [];
        foreach (FieldDeclaration field in _input.Plugins.SelectMany(fields).DistinctBy(field => field.CName))
        {
            if (field.Size is >= 1 and <= ChainLimits.FieldBytes)
            {
                usable.Add(field);
            }
            else
            {
                _input.Report(field.PluginId, $"Plugin '{field.PluginId}' claims {field.Size} bytes for the {what} field '{field.Name}' ({field.Type.Name}): a field has 1 to {ChainLimits.FieldBytes}. Keep what is larger in a map of the plugin's own.");
            }
        }

        return usable;
    }

    private void ReportWantOfRoom()
    {
        foreach (string name in _bits.WithoutRoom)
        {
            StageDeclaration stage = _input.Stages.First(stage => stage.Name == name);
            _input.Report(stage.PluginId, $"Stage '{name}' of plugin '{stage.PluginId}' is on demand, and all {ChainLimits.StageBits} bits are taken by other on-demand stages. Remove a plugin, or make the stage inline or always run.");
        }

        foreach (string name in _reasons.WithoutRoom)
        {
            string plugin = _reasonsAsked.First(reason => reason.Name == name).PluginId;
            _input.Report(plugin, $"There is no number left for the drop reason '{name}' of plugin '{plugin}': all up to {ChainLimits.LastDropReason} are taken. Remove a plugin.");
        }

        ReportNumbers("stage", "traces", _stageNumbers, name => _input.Stages.First(stage => stage.Name == name).PluginId);
        ReportNumbers("trace note", "traces", _notes, name => _notesAsked.First(note => note.Name == name).PluginId);
        ReportFields("flow", _flowFields, ChainLimits.FlowFieldBytes);
        ReportFields("packet", _packetFields, ChainLimits.PacketFieldBytes);
    }

    private void ReportNumbers(string what, string where, NumberAllocation numbers, Func<string, string> ownerOf)
    {
        foreach (string name in numbers.WithoutRoom)
        {
            _input.Report(ownerOf(name), $"There is no number left in {where} for the {what} '{name}' of plugin '{ownerOf(name)}': all up to {ChainLimits.LastTraceNumber} are taken. Remove a plugin.");
        }
    }

    private void ReportFields(string what, FieldAllocation allocation, int room)
    {
        foreach (FieldDeclaration field in allocation.WithoutRoom)
        {
            string others = allocation.Planned.Count == 0 ? "nothing" : string.Join(", ", allocation.Planned.Select(planned => $"{planned.CName} at {planned.Offset} with {planned.Size}"));
            _input.Report(field.PluginId, $"The {what} field '{field.Name}' of plugin '{field.PluginId}' wants {field.Size} bytes aligned to {FieldAlignment.Of(field.Type)}, and the {room} bytes of all plugins together have no such room beside {others}. Remove a plugin, or keep the value in a map.");
        }
    }
}
