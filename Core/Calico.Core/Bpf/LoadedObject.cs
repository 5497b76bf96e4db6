namespace Calico.Core.Bpf;

/// <summary>What loading an object brought into the kernel. Disposing it gives up our hold; what is attached, pinned or in a program array stays.</summary>
public sealed class LoadedObject : IDisposable
{
    internal LoadedObject(string name, IReadOnlyDictionary<string, BpfProgram> programs, IReadOnlyDictionary<string, BpfMap> maps)
    {
        Name = name;
        Programs = programs;
        Maps = maps;
    }

    /// <summary>The name that the object was loaded under.</summary>
    public string Name { get; }

    /// <summary>The programs by their names in the object.</summary>
    public IReadOnlyDictionary<string, BpfProgram> Programs { get; }

    /// <summary>The maps that were created with it, by name (".rodata", ".bss"): those that were given are the giver's.</summary>
    public IReadOnlyDictionary<string, BpfMap> Maps { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (BpfProgram program in Programs.Values)
        {
            program.Dispose();
        }

        foreach (BpfMap map in Maps.Values)
        {
            map.Dispose();
        }
    }
}
