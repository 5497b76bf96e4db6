namespace Calico.Sdk;

public partial interface IPluginBuilder
{
    /// <summary>
    /// Declares something that a stage of this plugin notes about a packet where the chain is traced (in a test, or by
    /// an operator who asks what became of a packet): <c>trace_note(pkt, NOTE_NAME, a, b)</c> in C. In chains that are
    /// not traced the note is not there, and its arguments are not evaluated.
    /// </summary>
    /// <param name="name">UPPER_CASE, at most 48 characters, unique among all plugins of the node.</param>
    /// <param name="text">A sentence for people, with <c>{0}</c> and <c>{1}</c> in the place of the two values.</param>
    /// <param name="values">How the first and the second value are shown; as numbers where nothing is given.</param>
    void TraceNote(string name, string text, params IReadOnlyList<TraceValue> values);
}
