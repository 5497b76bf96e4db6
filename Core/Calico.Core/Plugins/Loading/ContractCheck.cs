using System.Reflection;
using Calico.Core.Plugins.Linking;

namespace Calico.Core.Plugins;

/// <summary>
/// Looks whether a plugin fits this host by reading its metadata, before any of it is loaded: the runtime's own
/// errors about a mismatch come late and mislead ("has no implementation", about a method that is there).
/// </summary>
internal static class ContractCheck
{
    /// <summary>How many of the missing members a sentence names.</summary>
    private const int MostNamed = 3;

    /// <returns>Who the plugin is, as its metadata says.</returns>
    /// <exception cref="PluginLoadException">The plugin does not fit.</exception>
    public static PluginIdentity Run(PluginFolder folder)
    {
        RefuseOwnCopies(folder);
        if (folder.Manifest is { } manifest)
        {
            ManifestCheck.RunAgainstHost(manifest, folder.ManifestFile);
        }

        try
        {
            using PluginImages images = PluginImages.Open(folder);
            PluginIdentity identity = PluginIdentity.Of(images.Entry);
            try
            {
                Run(folder, images, identity);
            }
            catch (PluginLoadException refused)
            {
                refused.PluginId = identity.Id;
                throw;
            }

            return identity;
        }
        catch (BadImageFormatException broken)
        {
            throw new PluginLoadException($"{folder.EntryAssembly} or an assembly beside it is damaged ({broken.Message.TrimEnd('.')}). Build or install the plugin again.");
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

    private static void Run(PluginFolder folder, PluginImages images, PluginIdentity identity)
    {
        CheckReferences(images.Entry);
        if (folder.Manifest is { } manifest)
        {
            ManifestCheck.RunAgainstAssembly(manifest, folder.ManifestFile, identity, folder.EntryAssembly);
        }

        Dependencies.Check(folder, images);
        CheckLinks(images, folder.Manifest);
    }

    private static void RefuseOwnCopies(PluginFolder folder)
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
    }

    private static void CheckReferences(PluginImage entry)
    {
        string sdk = SharedAssemblies.Contract[0].GetName().Name!;
        if (!entry.References.ContainsKey(sdk))
        {
            throw new PluginLoadException(
                $"{entry.Path} is not a plugin: it does not reference {sdk}. Give the folder of an assembly with a class that implements IDataplanePlugin.");
        }

        foreach (Assembly shared in SharedAssemblies.All)
        {
            AssemblyName name = shared.GetName();
            if (entry.References.TryGetValue(name.Name!, out Version? wanted))
            {
                CheckVersion(entry.Path, name.Name!, wanted, name.Version!, SharedAssemblies.Contract.Contains(shared));
            }
        }
    }

    private static void CheckLinks(PluginImages images, PluginManifest? manifest)
    {
        var implementations = new ImplementationCheck(images);
        foreach (PluginImage image in images.All.Where(image => image.References.Keys.Any(HostTypes.IsShared)))
        {
            foreach (IGrouping<string, string> missing in LinkCheck.Missing(image))
            {
                string host = VersionOf(HostTypes.Shared(missing.Key)!);
                string built = BuiltAgainst(missing.Key, manifest) is { } version ? $"{missing.Key} {version}" : $"a newer {missing.Key}";
                throw new PluginLoadException(
                    $"{image.Path} was built against {built}; this host has {missing.Key} {host}, which lacks {Named(missing)}. Upgrade the host, or build the plugin against {missing.Key} {host} or older.");
            }

            foreach (IGrouping<string, string> missing in implementations.Missing(image))
            {
                string host = VersionOf(HostTypes.Shared(missing.Key)!);
                throw new PluginLoadException(
                    $"{image.Path} does not implement what this host's {missing.Key} {host} asks for: {Named(missing)}. Upgrade the plugin: build it against {missing.Key} {host}, or install a version of it that was.");
            }
        }
    }

    // The contract's assemblies come in one release.
    private static string? BuiltAgainst(string assembly, PluginManifest? manifest) =>
        SharedAssemblies.Contract.Any(contract => contract.GetName().Name == assembly) ? manifest?.Sdk : manifest?.Shared.GetValueOrDefault(assembly);

    private static string Named(IEnumerable<string> members)
    {
        string[] all = [.. members.Order(StringComparer.Ordinal)];
        string named = string.Join(", ", all.Take(MostNamed));
        return all.Length > MostNamed ? $"{named} and {all.Length - MostNamed} more" : named;
    }

    private static string VersionOf(Assembly assembly) =>
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? assembly.GetName().Version!.ToString();
}
