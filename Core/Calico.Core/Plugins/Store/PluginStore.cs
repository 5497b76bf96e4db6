using Calico.Core.Interop;
using Calico.Core.Runtime;

#pragma warning disable CA1416 // Modes of files: the whole dataplane is for Linux.

namespace Calico.Core.Plugins;

/// <summary>
/// The plugins that are installed on a machine: <c>FOLDER/ID/VERSION/</c>, and <c>FOLDER/ID/active</c>, which names the
/// version that runs where a configuration names none.
/// </summary>
/// <remarks>
/// A version is written aside, checked, flushed and renamed into its place, and never changed after that: an agent that
/// has it loaded is not disturbed, and what is half written is never found. One process at a time changes the store.
/// </remarks>
/// <param name="folder">Where it is, absolute; made when something is installed.</param>
/// <param name="owners">Whose files are trusted.</param>
public sealed class PluginStore(string folder, TrustedOwners? owners = null)
{
    private const string ActiveFile = "active";
    private const string AsidePrefix = ".aside-";
    private const string LockFile = ".lock";

    private readonly TrustedOwners _owners = owners ?? TrustedOwners.OfThisProcess();

    /// <summary>Where it is.</summary>
    public string Folder { get; } = Path.TrimEndingDirectorySeparator(folder);

    /// <summary>Puts a package's plugin into the store. It becomes active only if its plugin has no active version yet.</summary>
    /// <param name="package">A <c>.nupkg</c>.</param>
    /// <param name="check">What else must hold of the unpacked folder; throws what should keep it out.</param>
    /// <param name="limits">What a package may hold.</param>
    /// <exception cref="PluginStoreException">It is no package of a plugin, or that version is there with other content.</exception>
    /// <exception cref="PluginLoadException">The plugin does not fit this host.</exception>
    public PluginInstallation Install(string package, Action<string>? check = null, PackageLimits? limits = null) => Changing(() =>
    {
        string aside = Path.Combine(Folder, AsidePrefix + Guid.NewGuid().ToString("N"));
        Directory.CreateDirectory(aside, FolderMode);
        try
        {
            PluginPackage.Unpack(package, aside, limits ?? new PackageLimits());
            PluginManifest manifest = Read(package, aside);
            string place = PlaceOf(manifest.Id, manifest.Version);
            if (Directory.Exists(place))
            {
                return FolderDigest.Of(place) == FolderDigest.Of(aside)
                    ? new PluginInstallation(Describe(manifest.Id, manifest.Version), IsNew: false)
                    : throw new PluginStoreException(
                        $"{manifest.Id} {manifest.Version} is installed already ({place}) with other content than {package}. A version is never overwritten: give the new build another version, or remove the old one first (`calico plugin remove {manifest.Id} {manifest.Version}`).");
            }

            check?.Invoke(aside);
            Publish(aside, place);
            if (Active(manifest.Id) is null)
            {
                Activate(manifest.Id, manifest.Version);
            }

            return new PluginInstallation(Describe(manifest.Id, manifest.Version), IsNew: true);
        }
        finally
        {
            if (Directory.Exists(aside))
            {
                Directory.Delete(aside, recursive: true);
            }
        }
    });

    /// <summary>All versions of all plugins, in order.</summary>
    public IReadOnlyList<StoredPlugin> List() =>
        [.. Names(Folder).Where(id => NameRules.ExplainId(id) is null).SelectMany(id => VersionsOf(id).Select(version => Describe(id, version)))];

    /// <summary>The versions of a plugin, the newest first; empty where none is installed.</summary>
    public IReadOnlyList<string> VersionsOf(string id) => NameRules.ExplainId(id) is not null ? [] :
        [.. Names(Path.Combine(Folder, id)).Where(version => VersionFolder.Explain(version) is null).OrderDescending(VersionOrder.Instance)];

    /// <summary>The active version of a plugin; null where there is none.</summary>
    public string? Active(string id)
    {
        string file = Path.Combine(Folder, id, ActiveFile);
        string? version = NameRules.ExplainId(id) is null && File.Exists(file) ? File.ReadAllText(file).Trim() : null;
        return version is not null && VersionFolder.Explain(version) is null ? version : null;
    }

    /// <summary>The folder of a plugin.</summary>
    /// <param name="id">The plugin.</param>
    /// <param name="version">The version; null = the active one.</param>
    /// <exception cref="PluginStoreException">It is not there.</exception>
    public string Resolve(string id, string? version = null)
    {
        IReadOnlyList<string> versions = VersionsOf(id);
        string? wanted = version ?? Active(id);
        return versions.Count == 0
            ? throw new PluginStoreException($"Plugin '{id}' is not installed in {Folder}. Install it: calico plugin install FILE.nupkg.")
            : wanted is null
            ? throw new PluginStoreException($"Plugin '{id}' has no active version; installed: {string.Join(", ", versions)}. Choose one: calico plugin use {id} VERSION.")
            : versions.Contains(wanted)
            ? PlaceOf(id, wanted)
            : throw new PluginStoreException($"Plugin '{id}' is not installed in version {wanted}; installed: {string.Join(", ", versions)}. Choose one of them, or install that one.");
    }

    /// <summary>Makes a version the active one.</summary>
    /// <param name="id">The plugin.</param>
    /// <param name="version">The version; null = none is active any more.</param>
    /// <returns>The version that was active; null where none was.</returns>
    /// <exception cref="PluginStoreException">It is not installed.</exception>
    public string? Use(string id, string? version) => Changing(() =>
    {
        string? before = Active(id);
        if (version is not null)
        {
            _ = Resolve(id, version);
            Activate(id, version);
        }
        else if (before is not null)
        {
            File.Delete(Path.Combine(Folder, id, ActiveFile));
        }

        return before;
    });

    /// <summary>Takes versions out of the store; with the last one the plugin.</summary>
    /// <param name="id">The plugin.</param>
    /// <param name="version">The version; null = all.</param>
    /// <returns>The versions that are gone.</returns>
    /// <exception cref="PluginStoreException">There is none.</exception>
    public IReadOnlyList<string> Remove(string id, string? version = null) => Changing<IReadOnlyList<string>>(() =>
    {
        _ = version is null && VersionsOf(id).Count > 0 ? "" : Resolve(id, version);
        IReadOnlyList<string> gone = version is null ? VersionsOf(id) : [version];
        string own = Path.Combine(Folder, id);
        if (Active(id) is { } active && gone.Contains(active))
        {
            File.Delete(Path.Combine(own, ActiveFile));
        }

        foreach (string each in gone)
        {
            // Out of sight in one step, then file by file.
            string aside = Path.Combine(Folder, AsidePrefix + Guid.NewGuid().ToString("N"));
            Directory.Move(PlaceOf(id, each), aside);
            Directory.Delete(aside, recursive: true);
        }

        if (VersionsOf(id).Count == 0)
        {
            Directory.Delete(own, recursive: true);
        }

        return gone;
    });

    private const UnixFileMode FolderMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    private string PlaceOf(string id, string version) => Path.Combine(Folder, id, version);

    private PluginManifest Read(string package, string aside)
    {
        if (PluginManifestReader.Find(aside) is null)
        {
            throw new PluginStoreException(
                $"{package} has no {PluginManifest.FileName} beside its assembly, so it is no package of a plugin. `dotnet pack` of a project with <CalicoPlugin>true</CalicoPlugin> makes one.");
        }

        PluginFolder found = PluginFolder.Open(aside, _owners);
        ContractCheck.Run(found);
        return found.Manifest!;
    }

    private StoredPlugin Describe(string id, string version)
    {
        string place = PlaceOf(id, version);
        string description = "";
        try
        {
            description = PluginManifestReader.Find(place)?.Description ?? "";
        }
        catch (Exception unreadable) when (unreadable is PluginLoadException or IOException or UnauthorizedAccessException)
        {
            // Whoever loads it is told; a list lists it all the same.
        }

        return new StoredPlugin(id, version, place, Active(id) == version, description);
    }

    private static void Publish(string aside, string place)
    {
        foreach (string inner in Directory.EnumerateDirectories(aside, "*", SearchOption.AllDirectories).Append(aside))
        {
            File.SetUnixFileMode(inner, FolderMode);
            FolderSync.Flush(inner);
        }

        string own = Path.GetDirectoryName(place)!;
        Directory.CreateDirectory(own, FolderMode);
        Directory.Move(aside, place);
        FolderSync.Flush(own);
        FolderSync.Flush(Path.GetDirectoryName(own)!);
    }

    private void Activate(string id, string version)
    {
        string own = Path.Combine(Folder, id);
        AtomicText.Write(Path.Combine(own, ActiveFile), version + "\n");
        FolderSync.Flush(own);
    }

    // One process at a time; the lock is the kernel's, so it goes with the process.
    private T Changing<T>(Func<T> change)
    {
        try
        {
            Directory.CreateDirectory(Folder, FolderMode);
            using FileStream held = TakeLock();
            foreach (string left in Directory.EnumerateDirectories(Folder, AsidePrefix + "*"))
            {
                Directory.Delete(left, recursive: true); // of a process that was killed
            }

            return change();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new PluginStoreException($"The plugins in {Folder} could not be changed: {failure.Message}");
        }
    }

    private FileStream TakeLock()
    {
        try
        {
            return new FileStream(Path.Combine(Folder, LockFile), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException busy) when (File.Exists(Path.Combine(Folder, LockFile)))
        {
            throw new PluginStoreException($"Another process changes the plugins in {Folder} right now ({busy.Message}). Try again when it is done.");
        }
    }

    private static IEnumerable<string> Names(string folder) => Directory.Exists(folder)
        ? Directory.EnumerateDirectories(folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)
        : [];
}
