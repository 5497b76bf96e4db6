using System.Globalization;

namespace Calico.Core.Runtime.Generations;

/// <summary>
/// Holds the PROG_ARRAYs of the generation in force, so that the chains work on while no agent runs: a PROG_ARRAY whose
/// last holder goes is emptied, whoever still has programs attached that call through it.
/// </summary>
/// <param name="folder">A folder of bpffs; one sub-folder a generation.</param>
public sealed class GenerationPins(string folder)
{
    /// <summary>The number for the next generation.</summary>
    public int Next() => Numbers().DefaultIfEmpty(0).Max() + 1;

    public void Pin(Generation generation)
    {
        ArgumentNullException.ThrowIfNull(generation);
        var own = FolderOf(generation.Number);
        Directory.CreateDirectory(own);
        foreach (var hook in generation.Hooks.Values)
        {
            hook.Slots.Pin(Path.Combine(own, hook.Plan.Name));
        }
    }

    /// <summary>Retires all others, when no packet can be inside them any more.</summary>
    public void RetireAllBut(int number)
    {
        var old = Numbers().Where(other => other != number).ToList();
        if (old.Count == 0)
        {
            return;
        }

        GracePeriod.Wait();
        foreach (var other in old)
        {
            Directory.Delete(FolderOf(other), recursive: true);
        }
    }

    /// <summary>Unpins one that is not in force.</summary>
    public void Unpin(int number)
    {
        if (Directory.Exists(FolderOf(number)))
        {
            Directory.Delete(FolderOf(number), recursive: true);
        }
    }

    private string FolderOf(int number) => Path.Combine(folder, number.ToString(CultureInfo.InvariantCulture));

    private IEnumerable<int> Numbers() => Directory.Exists(folder)
        ? Directory.EnumerateDirectories(folder)
            .Select(name => int.TryParse(Path.GetFileName(name), CultureInfo.InvariantCulture, out var number) ? number : 0)
            .Where(number => number > 0)
        : [];
}
