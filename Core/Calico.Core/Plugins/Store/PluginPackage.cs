using System.IO.Compression;

#pragma warning disable CA1416 // Modes of files: the whole dataplane is for Linux.

namespace Calico.Core.Plugins;

/// <summary>
/// Unpacks a plugin's package (a <c>.nupkg</c>, which is a zip): its <c>lib/netX.Y/</c> is the plugin's folder. Nothing in
/// it is believed: not a name, not a size.
/// </summary>
internal static class PluginPackage
{
    // st_mode of a file that was packed on Unix stands in the upper half of its attributes.
    private const int FileTypeMask = 0xf000;
    private const int RegularFile = 0x8000;
    private const int BlockSize = 81_920;

    private const UnixFileMode FileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>Unpacks into an empty folder.</summary>
    /// <exception cref="PluginStoreException">It is no package of a plugin, or one that is not to be trusted.</exception>
    public static void Unpack(string file, string folder, PackageLimits limits)
    {
        if (!File.Exists(file))
        {
            throw new PluginStoreException(Directory.Exists(file)
                ? $"{file} is a folder. `dotnet pack` of the plugin's project makes a package; a folder can be named in agent.yaml as it is."
                : $"There is no file {file}.");
        }

        try
        {
            using ZipArchive package = ZipFile.OpenRead(file);
            Unpack(package, file, folder, limits);
        }
        catch (InvalidDataException damaged)
        {
            throw new PluginStoreException($"{file} is not a package (.nupkg), or it is damaged: {damaged.Message} Pack or fetch it again.");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new PluginStoreException($"{file} could not be unpacked into {folder}: {failure.Message}");
        }
    }

    private static void Unpack(ZipArchive package, string file, string folder, PackageLimits limits)
    {
        string library = LibraryOf(package, file);
        var files = package.Entries
            .Select(entry => (Entry: entry, Name: Uri.UnescapeDataString(entry.FullName)))
            .Where(entry => entry.Name.StartsWith(library, StringComparison.Ordinal) && !entry.Name.EndsWith('/'))
            .ToList();
        if (files.Count > limits.MaxFiles)
        {
            throw new PluginStoreException($"{file} holds {files.Count} files, and a plugin has at most {limits.MaxFiles}. It was not unpacked.");
        }

        long left = limits.MaxBytes;
        foreach ((ZipArchiveEntry entry, string name) in files)
        {
            string target = TargetOf(name[library.Length..], folder, file);
            int type = (entry.ExternalAttributes >> 16) & FileTypeMask;
            if (type is not 0 and not RegularFile)
            {
                throw new PluginStoreException($"{file} holds '{name}', which is a link or a device and not a file. It is not used.");
            }

            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            Extract(entry, target, ref left, file, limits);
        }
    }

    // The newest framework that this host can run.
    private static string LibraryOf(ZipArchive package, string file)
    {
        var frameworks = package.Entries.Select(entry => entry.FullName.Split('/'))
            .Where(path => path is ["lib", _, _, ..])
            .Select(path => path[1])
            .Distinct()
            .Select(name => (Name: name, Version: name.StartsWith("net", StringComparison.Ordinal) && name.Contains('.', StringComparison.Ordinal)
                && Version.TryParse(name["net".Length..], out Version? version) ? version : null))
            .ToList();
        var host = new Version(Environment.Version.Major, Environment.Version.Minor);
        string? best = frameworks.Where(framework => framework.Version is not null && framework.Version <= host).OrderBy(framework => framework.Version).LastOrDefault().Name;
        return best is not null ? $"lib/{best}/"
            : frameworks.Count > 0
            ? throw new PluginStoreException($"{file} has no lib/net{host}/, only {string.Join(", ", frameworks.Select(framework => $"lib/{framework.Name}/"))}: it is no plugin for this host. Pack the plugin for net{host}, or upgrade the host.")
            : throw new PluginStoreException($"{file} has no lib/net{host}/, so it is no package of a plugin. `dotnet pack` of a project with <CalicoPlugin>true</CalicoPlugin> makes one.");
    }

    private static string TargetOf(string relative, string folder, string file)
    {
        string target = Path.GetFullPath(relative, folder);
        return target.StartsWith(folder + "/", StringComparison.Ordinal) && !relative.Contains('\\', StringComparison.Ordinal) && !relative.Contains('\0', StringComparison.Ordinal)
            ? target
            : throw new PluginStoreException($"{file} holds '{relative}', which would be written outside of its folder; it is not used.");
    }

    private static void Extract(ZipArchiveEntry entry, string target, ref long left, string file, PackageLimits limits)
    {
        using Stream packed = entry.Open();
        using var unpacked = new FileStream(target, new FileStreamOptions
        {
            // A second file of one name is a trick, or a mistake.
            Mode = System.IO.FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = FileMode,
        });
        var block = new byte[BlockSize];
        int read;
        while ((read = packed.Read(block)) > 0)
        {
            left -= read;
            if (left < 0)
            {
                throw new PluginStoreException($"{file} unpacks to more than {limits.MaxBytes / 1024 / 1024} MiB, and a plugin has at most that. It is not used.");
            }

            unpacked.Write(block, 0, read);
        }

        unpacked.Flush(flushToDisk: true);
        File.SetUnixFileMode(target, FileMode);
    }
}
