namespace Calico.Sdk.Testing;

/// <summary>What one packet met.</summary>
internal sealed record PacketTrace(
    IReadOnlyList<string> Programs, IReadOnlyList<StageRun> Stages, IReadOnlyList<NoteTaken> Notes, uint Ifindex)
{
    public static PacketTrace Empty { get; } = new([], [], [], 0);
}
