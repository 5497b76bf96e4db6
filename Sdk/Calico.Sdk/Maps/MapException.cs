namespace Calico.Sdk;

/// <summary>The kernel refused to read or write a map; the message says which and why.</summary>
/// <param name="message">A sentence.</param>
/// <param name="isFull">Whether there was no room.</param>
public sealed class MapException(string message, bool isFull) : Exception(message)
{
    /// <summary>The map is full, or the index is beyond an array's end: <see cref="IPluginMap{TKey, TValue}.MaxEntries"/>.</summary>
    public bool IsFull { get; } = isFull;
}
