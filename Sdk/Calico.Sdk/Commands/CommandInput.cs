using System.Globalization;

namespace Calico.Sdk;

/// <summary>The options given to one run of a command, checked against its <see cref="CommandParameter"/>s.</summary>
/// <param name="values">Option name to text.</param>
public sealed class CommandInput(IReadOnlyDictionary<string, string> values)
{
    /// <summary>Whether a flag was given.</summary>
    public bool Flag(string name) => values.TryGetValue(name, out string? value) && value != "false";

    /// <summary>An option's text; null where it was not given and has no default.</summary>
    public string? Text(string name) => values.GetValueOrDefault(name);

    /// <summary>An option's number; null where it was not given and has no default.</summary>
    public long? Number(string name) =>
        values.TryGetValue(name, out string? value) ? long.Parse(value, CultureInfo.InvariantCulture) : null;
}
