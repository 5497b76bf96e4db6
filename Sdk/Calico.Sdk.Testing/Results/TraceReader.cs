using System.Runtime.InteropServices;
using Calico.Core.Bpf;
using Calico.Core.Chain;
using Calico.Core.Maps.Layout;

namespace Calico.Sdk.Testing;

/// <summary>Empties and reads the map in which traced chains note their steps.</summary>
internal sealed class TraceReader(BpfMap map, ChainPlan plan)
{
    private static readonly byte[] s_key = new byte[sizeof(uint)];
    private readonly byte[] _buffers = new byte[map.ValueBufferSize];

    public void Clear()
    {
        Array.Clear(_buffers);
        map.Update(s_key, _buffers);
    }

    /// <summary>The steps since: a packet meets one processor only.</summary>
    public PacketTrace Read()
    {
        map.TryLookup(s_key, _buffers);
        List<string> programs = [];
        List<StageRun> stages = [];
        List<NoteTaken> notes = [];
        var ifindex = 0UL;
        foreach (var record in Records())
        {
            switch ((TraceKind)record.Kind)
            {
                case TraceKind.Enter:
                    programs.Add(TraceNumbers.NameOf(plan, record.Number) ?? $"program {record.Number}");
                    break;
                case TraceKind.Verdict:
                    stages.Add(Stage(record));
                    break;
                case TraceKind.Note when plan.TraceNotes.FirstOrDefault(note => note.Number == record.Number) is { } note:
                    notes.Add(new NoteTaken(note.PluginId, note.Name, record.A, record.B, note.Declaration.Say(record.A, record.B)));
                    break;
                case TraceKind.Drop:
                    programs.Add("drop");
                    break;
                case TraceKind.Forward:
                    programs.Add(record.A == 0 ? "to the stack" : "redirect");
                    ifindex = record.A;
                    break;
            }
        }

        return new PacketTrace(programs.Where((name, i) => i == 0 || name != programs[i - 1]).ToList(), stages, notes, (uint)ifindex);
    }

    private StageRun Stage(TraceRecord record)
    {
        var stage = plan.Stages.First(stage => stage.Number == record.Number);
        var verdict = (StageVerdict)record.Verdict;
        return new StageRun(
            stage.Name, stage.PluginId, verdict,
            verdict == StageVerdict.Next ? null : plan.DropReasons.FirstOrDefault(reason => reason.Number == record.Reason)?.Name);
    }

    private List<TraceRecord> Records()
    {
        List<TraceRecord> records = [];
        var stride = _buffers.Length / PossibleCpus.Count;
        for (var cpu = 0; cpu < PossibleCpus.Count; cpu++)
        {
            var buffer = MemoryMarshal.Read<TraceBuffer>(_buffers.AsSpan(cpu * stride));
            records.AddRange(((ReadOnlySpan<TraceRecord>)buffer.Records)[..(int)Math.Min(buffer.Count, TraceRecords.Size)]);
        }

        records.Sort((one, other) => one.At.CompareTo(other.At));
        return records;
    }
}
