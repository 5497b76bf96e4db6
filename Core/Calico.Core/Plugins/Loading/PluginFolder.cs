namespace Calico.Core.Plugins;

/// <summary>A plugin's folder that was found in order: its entry assembly may be looked into.</summary>
/// <param name="Path">The folder, absolute, links resolved.</param>
/// <param name="EntryAssembly">The absolute path of the plugin's own dll.</param>
internal sealed record PluginFolder(string Path, string EntryAssembly)
{
    private const string DependencyFileEnd = ".deps.json";

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
            string entry = FindEntryAssembly(path);
            DependencyFile.Check(System.IO.Path.ChangeExtension(entry, null) + DependencyFileEnd);
            return new PluginFolder(path, entry);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new PluginLoadException($"{path} cannot be read: {failure.Message}");
        }
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
