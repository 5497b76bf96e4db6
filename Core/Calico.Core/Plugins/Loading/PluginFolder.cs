namespace Calico.Core.Plugins;

/// <summary>A plugin's folder that was found in order: its entry assembly may be looked into.</summary>
/// <param name="Path">The folder, absolute, links resolved.</param>
/// <param name="EntryAssembly">The absolute path of the plugin's own dll.</param>
/// <param name="Manifest">What its build wrote about it; null where it wrote nothing.</param>
internal sealed record PluginFolder(string Path, string EntryAssembly, PluginManifest? Manifest)
{
    private const string DependencyFileEnd = ".deps.json";

    /// <summary>The absolute path of the file that lists what the plugin needs.</summary>
    public string DependencyFile => DependencyFileOf(EntryAssembly);

    /// <summary>The absolute path of its manifest, whether there is one or not.</summary>
    public string ManifestFile => System.IO.Path.Combine(Path, PluginManifest.FileName);

    /// <summary>Finds the plugin in a folder.</summary>
    /// <exception cref="PluginLoadException">It is not there, not trusted, or holds no plugin.</exception>
    public static PluginFolder Open(string folder, TrustedOwners owners)
    {
        if (!System.IO.Path.IsPathFullyQualified(folder))
        {
            throw new PluginLoadException(
                $"'{folder}' is not an absolute path. Write the plugin's folder from the root on, such as '{System.IO.Path.GetFullPath(folder)}'.");
        }

        var directory = new DirectoryInfo(folder);
        if (directory.LinkTarget is not null && directory.ResolveLinkTarget(returnFinalTarget: true) is DirectoryInfo target)
        {
            directory = target;
        }

        if (!directory.Exists)
        {
            throw new PluginLoadException(File.Exists(folder)
                ? $"{folder} is a file. Give the folder that the plugin was built or installed into."
                : $"{folder} does not exist. Give the folder that the plugin was built or installed into.");
        }

        string path = System.IO.Path.TrimEndingDirectorySeparator(directory.FullName);
        try
        {
            owners.Check(path);
            PluginManifest? manifest = PluginManifestReader.Find(path);
            string entry = manifest is null ? FindEntryAssembly(path) : EntryAssemblyOf(manifest, path);
            Plugins.DependencyFile.Check(DependencyFileOf(entry));
            return new PluginFolder(path, entry, manifest);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new PluginLoadException($"{path} cannot be read: {failure.Message}");
        }
    }

    private static string DependencyFileOf(string assembly) => System.IO.Path.ChangeExtension(assembly, null) + DependencyFileEnd;

    private static string EntryAssemblyOf(PluginManifest manifest, string folder)
    {
        string entry = System.IO.Path.Combine(folder, manifest.EntryAssembly);
        return !File.Exists(entry)
            ? throw new PluginLoadException(
                $"{System.IO.Path.Combine(folder, PluginManifest.FileName)} names {manifest.EntryAssembly}, which is not in the folder. Build or install the plugin again.")
            : !File.Exists(DependencyFileOf(entry))
            ? throw new PluginLoadException(
                $"{entry} is named by its manifest, and {System.IO.Path.GetFileName(DependencyFileOf(entry))}, which lists what it needs, is not beside it. Build the plugin with <EnableDynamicLoading>true</EnableDynamicLoading>.")
            : entry;
    }

    /// <summary>
    /// The dll that has its dependency file beside it: only the project that was built has one, its dependencies do not.
    /// </summary>
    private static string FindEntryAssembly(string folder)
    {
        string[] candidates = [.. Directory.EnumerateFiles(folder, "*" + DependencyFileEnd)
            .Select(file => file[..^DependencyFileEnd.Length] + ".dll")
            .Where(File.Exists)
            .Order(StringComparer.Ordinal)];
        string ofThisName = System.IO.Path.Combine(folder, System.IO.Path.GetFileName(folder) + ".dll");
        return candidates switch
        {
            [string only] => only,
            [] => throw new PluginLoadException(
                $"{folder} holds no plugin: no NAME.dll with a NAME{DependencyFileEnd} beside it. Build the plugin with <EnableDynamicLoading>true</EnableDynamicLoading> and give its output folder."),
            _ when candidates.Contains(ofThisName) => ofThisName,
            _ => throw new PluginLoadException(
                $"{folder} holds {candidates.Length} candidates for the plugin ({string.Join(", ", candidates.Select(System.IO.Path.GetFileName))}). Give each plugin a folder of its own."),
        };
    }
}
