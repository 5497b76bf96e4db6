using System.Net;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Calico.Core.Chain;
using Calico.Core.Maps.Layout;
using Calico.Sdk;

namespace Calico.Core.Flows;

/// <summary>A flow as it was when it was read.</summary>
internal sealed class FlowSnapshot(FlowSnapshot.Reading read, IReadOnlyList<PlannedField> plannedFields, FlowFieldBytes fields) : Flow
{
    private readonly FlowFieldBytes _fields = fields;

    public override byte Protocol => read.Protocol;

    public override IPEndPoint Source => read.Source;

    public override IPEndPoint Destination => read.Destination;

    public override FlowState State => read.State;

    public override FlowCounters Forward => read.Forward;

    public override FlowCounters Reply => read.Reply;

    public override DateTimeOffset LastSeen => read.LastSeen;

    public override string? InputInterface => read.InputInterface;

    public override string? OutputInterface => read.OutputInterface;

    public override T Get<T>(FlowField<T> field)
    {
        ArgumentNullException.ThrowIfNull(field);
        foreach (var planned in plannedFields)
        {
            if (planned.PluginId == field.PluginId && planned.Name == field.Name)
            {
                return planned.Size == Unsafe.SizeOf<T>()
                    ? MemoryMarshal.Read<T>(((ReadOnlySpan<byte>)_fields)[planned.Offset..])
                    : throw new InvalidOperationException(
                        $"The flow field '{field.Name}' of {field.PluginId} has {planned.Size} bytes in the running generation, and {typeof(T).Name} has {Unsafe.SizeOf<T>()}; reload the plugin.");
            }
        }

        throw new InvalidOperationException($"The running generation has no flow field '{field.Name}' of {field.PluginId}; is the plugin loaded?");
    }

    /// <summary>What an entry says, put the initiator's way round.</summary>
    internal readonly record struct Reading
    {
        public required byte Protocol { get; init; }

        public required IPEndPoint Source { get; init; }

        public required IPEndPoint Destination { get; init; }

        public required FlowState State { get; init; }

        public required FlowCounters Forward { get; init; }

        public required FlowCounters Reply { get; init; }

        public required DateTimeOffset LastSeen { get; init; }

        public required string? InputInterface { get; init; }

        public required string? OutputInterface { get; init; }
    }
}
