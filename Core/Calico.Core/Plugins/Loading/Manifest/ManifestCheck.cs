using System.Reflection;

namespace Calico.Core.Plugins;

/// <summary>Compares what a manifest promises with this host and with the assembly that lies beside it.</summary>
internal static class ManifestCheck
{
    /// <summary>Whether this host offers the contract and the framework that the plugin was built for.</summary>
    /// <exception cref="PluginLoadException">It does not; the sentence says which side to upgrade.</exception>
    public static void RunAgainstHost(PluginManifest manifest, string path)
    {
        string sdk = SharedAssemblies.Contract[0].GetName().Name!;
        if (!manifest.Contract.ContainsKey(sdk))
        {
            throw new PluginLoadException($"{path} is damaged: \"contract\" does not name {sdk}. Build or install the plugin again.");
        }

        foreach ((string name, Version wanted) in manifest.Contract)
        {
            Assembly? offered = SharedAssemblies.Contract.FirstOrDefault(assembly => assembly.GetName().Name == name);
            if (offered is null)
            {
                throw new PluginLoadException(
                    $"{path} says that the plugin was built against the contract {name} {wanted}, which this host does not have. Upgrade the host, or use a version of the plugin that does without.");
            }

            // A newer minor version is no reason to refuse: the link check looks at what is really used of it.
            ContractCheck.CheckVersion($"Plugin '{manifest.Id}' ({path})", name, wanted, offered.GetName().Version!, isContract: true);
        }

        if (manifest.Framework is { } framework && FrameworkVersion(framework) is { } built && built > new Version(Environment.Version.Major, Environment.Version.Minor))
        {
            throw new PluginLoadException(
                $"Plugin '{manifest.Id}' ({path}) was built for {framework}, this host runs on .NET {Environment.Version.Major}.{Environment.Version.Minor}. Upgrade the host, or build the plugin for net{Environment.Version.Major}.{Environment.Version.Minor}.");
        }
    }

    /// <summary>Whether the assembly is the one that the manifest was written for.</summary>
    /// <exception cref="PluginLoadException">It is another.</exception>
    public static void RunAgainstAssembly(PluginManifest manifest, string path, PluginIdentity identity, string assembly)
    {
        if (identity.Id is { } id && id != manifest.Id)
        {
            throw new PluginLoadException(
                $"{path} is the manifest of plugin '{manifest.Id}', and {Path.GetFileName(assembly)} beside it is plugin '{id}'. Build or install the plugin again, into a folder of its own.");
        }
    }

    private static Version? FrameworkVersion(string framework) =>
        framework.StartsWith("net", StringComparison.Ordinal)
        && Version.TryParse(framework.Split('-')[0]["net".Length..], out Version? version) && version.Major < 100
            ? new Version(version.Major, version.Minor)
            : null;
}
