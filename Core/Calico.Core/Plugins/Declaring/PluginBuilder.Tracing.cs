using System.Text;
using Calico.Core.Chain.Declarations;
using Calico.Sdk;

namespace Calico.Core.Plugins;

/// <content>What stages note about a packet.</content>
internal sealed partial class PluginBuilder
{
    private const int TraceValues = 2;

    private readonly List<TraceNoteDeclaration> _traceNotes = [];

    public void TraceNote(string name, string text, params IReadOnlyList<TraceValue> values)
    {
        Check(NameRules.ExplainUpperCase(name), "trace note", name, nameof(name));
        RefuseSecond(_traceNotes.Any(note => note.Name == name), "trace note", name, nameof(name));
        Check(string.IsNullOrWhiteSpace(text) ? "it has no text. Say what the stage found out." : null, "trace note", name, nameof(text));
        ArgumentNullException.ThrowIfNull(values);
        Check(values.Count > TraceValues ? $"it shows {values.Count} values, and a note has {TraceValues}." : null, "trace note", name, nameof(values));
        Check(IsFormat(text) ? null : $"its text '{text}' can't be filled in. Write {{0}} and {{1}} where the two values go, and {{{{ for a brace.", "trace note", name, nameof(text));
        _traceNotes.Add(new TraceNoteDeclaration(Id, name, text, [.. values]));
    }

    private static bool IsFormat(string text)
    {
        try
        {
            return CompositeFormat.Parse(text).MinimumArgumentCount <= TraceValues;
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
