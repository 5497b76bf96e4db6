using System.Globalization;
using Calico.Sdk;

namespace Calico.Core.Chain.Declarations;

/// <summary>Something that a plugin's stages note about a packet where the chain is traced.</summary>
/// <param name="PluginId">Who declared it.</param>
/// <param name="Name">UPPER_CASE; <c>NOTE_NAME</c> in C.</param>
/// <param name="Text">A sentence with <c>{0}</c> and <c>{1}</c> in the place of the values.</param>
/// <param name="Values">How each value is shown; plain numbers where there is none.</param>
public sealed record TraceNoteDeclaration(string PluginId, string Name, string Text, IReadOnlyList<TraceValue> Values)
{
    /// <summary>The sentence about two values.</summary>
    public string Say(ulong a, ulong b) => string.Format(CultureInfo.InvariantCulture, Text, Show(0, a), Show(1, b));

    private string Show(int index, ulong value) => (index < Values.Count ? Values[index] : TraceValue.Number).Show(value);
}
