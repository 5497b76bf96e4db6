using System.IO.Compression;
using Calico.Agent.CommandLine;

namespace Calico.Agent.Demo.Nodes;

/// <summary>Finds the plugins that the demo's agents load.</summary>
internal static class PluginFolders
{
    /// <summary>Where <c>./run</c> says that the first-party plugins were built, separated by colons.</summary>
    public const string Variable = "CALICO_SDK_PLUGIN_FOLDERS";

    private const string LibraryFolder = "lib/net10.0/";
    private const string ContentFolder = "content/";

    /// <summary>The first-party plugins, then those that were asked for.</summary>
    /// <param name="asked">Folders and packages.</param>
    /// <param name="unpackInto">Where packages are unpacked.</param>
    public static IReadOnlyList<string> Find(IEnumerable<string> asked, string unpackInto) =>
        [.. FirstParty().Concat(asked.Select(plugin => FolderOf(plugin, unpackInto))).Distinct()];

    private static IEnumerable<string> FirstParty()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } listed)
        {
            return listed.Split(':', StringSplitOptions.RemoveEmptyEntries).Select(Existing);
        }

        string beside = Path.Combine(AppContext.BaseDirectory, "plugins");
        return Directory.Exists(beside) ? Directory.EnumerateDirectories(beside).Order(StringComparer.Ordinal) : [];
    }

    private static string Existing(string folder) => Directory.Exists(folder)
        ? Path.GetFullPath(folder)
        : throw new CommandFailure(ExitCodes.Usage, $"{Variable} names the folder {folder}, which does not exist. Build the plugins first: ./run does.");

    private static string FolderOf(string plugin, string unpackInto)
    {
        if (Directory.Exists(plugin))
        {
            return Path.GetFullPath(plugin);
        }

        if (!File.Exists(plugin))
        {
            throw new CommandFailure(ExitCodes.Usage, $"There is no plugin {plugin}. Name the folder that holds its assembly, or its package.");
        }

        try
        {
            using ZipArchive package = ZipFile.OpenRead(plugin);
            return Unpack(package, plugin, unpackInto);
        }
        catch (InvalidDataException error)
        {
            throw new CommandFailure(ExitCodes.Usage, $"{plugin} is neither a folder nor a package (.nupkg): {error.Message}");
        }
    }

    private static string Unpack(ZipArchive package, string file, string unpackInto)
    {
        string folder = Path.Combine(unpackInto, Path.GetFileNameWithoutExtension(file));
        List<(ZipArchiveEntry Entry, string Path)> entries = [.. Take(package, LibraryFolder), .. Take(package, ContentFolder)];
        if (!entries.Any(entry => entry.Entry.FullName.StartsWith(LibraryFolder, StringComparison.Ordinal)))
        {
            throw new CommandFailure(ExitCodes.Usage, $"{file} has no {LibraryFolder}, so it is no package of a plugin. `dotnet pack` of a plugin's project makes one.");
        }

        foreach ((ZipArchiveEntry entry, string relative) in entries)
        {
            string target = Path.GetFullPath(relative, folder);
            if (!target.StartsWith(folder + "/", StringComparison.Ordinal))
            {
                throw new CommandFailure(ExitCodes.Usage, $"{file} holds '{entry.FullName}', which would be written outside of its folder; it is not used.");
            }

            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            entry.ExtractToFile(target, overwrite: true);
        }

        return folder;
    }

    private static IEnumerable<(ZipArchiveEntry Entry, string Path)> Take(ZipArchive package, string folder) =>
        package.Entries
            .Where(entry => entry.FullName.StartsWith(folder, StringComparison.Ordinal) && !entry.FullName.EndsWith('/'))
            .Select(entry => (entry, entry.FullName[folder.Length..]));
}
