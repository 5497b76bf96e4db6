namespace Calico.Sdk.Testing;

/// <summary>What a stage noted about a packet with <c>trace_note(pkt, NOTE_NAME, a, b)</c>.</summary>
/// <param name="PluginId">The plugin that declared the note.</param>
/// <param name="Name">The note's name, without NOTE_.</param>
/// <param name="First">The first value.</param>
/// <param name="Second">The second value.</param>
/// <param name="Text">The note in words.</param>
public sealed record NoteTaken(string PluginId, string Name, ulong First, ulong Second, string Text)
{
    /// <summary>The note in words.</summary>
    /// <returns>Such as <c>CHOSE_BACKEND: chose backend 2 of 3</c>.</returns>
    public override string ToString() => $"{Name}: {Text}";
}
