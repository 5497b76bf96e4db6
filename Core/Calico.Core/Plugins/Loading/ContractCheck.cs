using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Calico.Core.Plugins;

/// <summary>
/// Looks whether a plugin fits this host by reading its metadata, before any of it is loaded: the runtime's own
/// errors about a mismatch come late and mislead ("has no implementation", about a method that is there).
/// </summary>
internal static class ContractCheck
{
    /// <exception cref="PluginLoadException">The plugin does not fit.</exception>
    public static void Run(PluginFolder folder)
    {
        foreach (Assembly contract in SharedAssemblies.Contract)
        {
            string copy = Path.Combine(folder.Path, contract.GetName().Name + ".dll");
            if (File.Exists(copy))
            {
                throw new PluginLoadException(
                    $"{copy} is the plugin's own copy of the contract; its types would be strangers to the host's. Delete it, and set Private=\"false\" ExcludeAssets=\"runtime\" on the plugin's reference to {contract.GetName().Name}.");
            }
        }

        Dictionary<string, Version> references = ReadReferences(folder.EntryAssembly);
        string sdk = SharedAssemblies.Contract[0].GetName().Name!;
        if (!references.ContainsKey(sdk))
        {
            throw new PluginLoadException(
                $"{folder.EntryAssembly} is not a plugin: it does not reference {sdk}. Give the folder of an assembly with a class that implements IDataplanePlugin.");
        }

        foreach (Assembly shared in SharedAssemblies.All)
        {
            AssemblyName name = shared.GetName();
            if (references.TryGetValue(name.Name!, out Version? wanted))
            {
                CheckVersion(folder.EntryAssembly, name.Name!, wanted, name.Version!, SharedAssemblies.Contract.Contains(shared));
            }
        }
    }

    /// <summary>The contract's assembly version is its major version only; the framework's packages are compatible upwards.</summary>
    internal static void CheckVersion(string assembly, string name, Version wanted, Version offered, bool isContract)
    {
        if (isContract && wanted.Major != offered.Major)
        {
            throw new PluginLoadException(
                $"{assembly} was built against {name} {wanted.Major}, this host offers {name} {offered.Major}. "
                + (wanted.Major > offered.Major
                    ? "Upgrade the host."
                    : $"Upgrade the plugin: build it against {name} {offered.Major}, or install a version of it that was."));
        }

        if (!isContract && wanted > offered)
        {
            throw new PluginLoadException(
                $"{assembly} was built against {name} {wanted}, this host offers {offered}. Upgrade the host, or build the plugin against {offered.Major}.{offered.Minor}.");
        }
    }

    private static Dictionary<string, Version> ReadReferences(string assembly)
    {
        try
        {
            using var file = new PEReader(File.OpenRead(assembly));
            if (!file.HasMetadata)
            {
                throw new PluginLoadException($"{assembly} is not a .NET assembly. Build the plugin again.");
            }

            MetadataReader metadata = file.GetMetadataReader();
            return metadata.AssemblyReferences
                .Select(metadata.GetAssemblyReference)
                .GroupBy(reference => metadata.GetString(reference.Name))
                .ToDictionary(group => group.Key, group => group.Max(reference => reference.Version)!);
        }
        catch (BadImageFormatException broken)
        {
            throw new PluginLoadException($"{assembly} is not a .NET assembly ({broken.Message}) Build the plugin again.");
        }
    }
}
