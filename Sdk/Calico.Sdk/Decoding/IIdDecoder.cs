namespace Calico.Sdk;

/// <summary>Turns the numbers that a plugin keeps in maps, flow fields and trace notes into the names that people know.</summary>
/// <remarks>
/// A singleton of the plugin's container, called by any thread, several at once, and often: it must not block. What it
/// throws counts as no name.
/// </remarks>
public interface IIdDecoder
{
    /// <summary>The name of what has this id; null where it is not known (any more).</summary>
    /// <param name="id">The number.</param>
    string? Decode(ulong id);
}
