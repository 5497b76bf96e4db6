namespace Calico.Core.Chain.Declarations;

/// <summary>All that one plugin asked for that concerns the chain. Immutable; the planner's input.</summary>
public sealed record PluginDeclaration(string Id)
{
    public IReadOnlyList<StageDeclaration> Stages { get; init; } = [];

    public IReadOnlyList<SocketProgramDeclaration> SocketPrograms { get; init; } = [];

    public IReadOnlyList<MapDeclaration> Maps { get; init; } = [];

    public IReadOnlyList<EventDeclaration> Events { get; init; } = [];

    public IReadOnlyList<FieldDeclaration> FlowFields { get; init; } = [];

    public IReadOnlyList<FieldDeclaration> PacketFields { get; init; } = [];

    public IReadOnlyList<DropReasonDeclaration> DropReasons { get; init; } = [];

    public IReadOnlyList<TraceNoteDeclaration> TraceNotes { get; init; } = [];

    public IReadOnlyList<string> Requires { get; init; } = [];

    public IReadOnlyList<string> Conflicts { get; init; } = [];

    /// <summary>The names of its maps that others may use.</summary>
    public IReadOnlyList<string> ExportedMaps { get; init; } = [];

    /// <summary>The names of its flow fields that others may use.</summary>
    public IReadOnlyList<string> ExportedFlowFields { get; init; } = [];

    /// <summary>What it uses of others.</summary>
    public IReadOnlyList<ImportDeclaration> Imports { get; init; } = [];

    public IReadOnlyList<OptionDeclaration> Options { get; init; } = [];
}
