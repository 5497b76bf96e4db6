using System.Globalization;
using System.IO.Compression;
using System.Reflection;

[assembly: AssemblyFixture(typeof(Calico.Packages.Tests.PackedFeed))]

namespace Calico.Packages.Tests;

/// <summary>
/// All packages of this repository, packed once under a version that no other run has, and a folder in which a stranger
/// works with nothing but those and the machine's own sources.
/// </summary>
public sealed class PackedFeed : IAsyncLifetime
{
    /// <summary>Of nobody's rights: <c>nobody</c> on Debian.</summary>
    private const string Nobody = "65534";

    private readonly Dictionary<string, string> _environment = [];

    public string Folder { get; } = Directory.CreateTempSubdirectory("calico-packages-").FullName;

    public string Feed => Path.Combine(Folder, "feed");

    public string Version { get; } = string.Create(CultureInfo.InvariantCulture, $"0.1.0-test.{DateTime.UtcNow.Ticks}");

    public static string Root { get; } = FindRoot();

    public static string Configuration { get; } =
        Assembly.GetExecutingAssembly().GetCustomAttribute<BuiltAsAttribute>()!.Configuration;

    public async ValueTask InitializeAsync()
    {
        // A stranger's folder can be read by others; one of CreateTempSubdirectory cannot.
        File.SetUnixFileMode(Folder, (UnixFileMode)0b111_101_101);
        string packages = Directory.CreateDirectory(Path.Combine(Folder, "packages")).FullName;
        _environment["NUGET_PACKAGES"] = packages;
        _environment["HOME"] = Directory.CreateDirectory(Path.Combine(Folder, "home")).FullName;
        _environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        _environment["DOTNET_NOLOGO"] = "1";
        _environment["DOTNET_GENERATE_ASPNET_CERTIFICATE"] = "false";
        _environment["MSBUILDDISABLENODEREUSE"] = "1";
        CopyPackages(packages, "microsoft.extensions.dependencyinjection.abstractions", "microsoft.extensions.logging.abstractions", "yamldotnet");
        await File.WriteAllTextAsync(
            Path.Combine(Folder, "nuget.config"),
            $"""<configuration><packageSources><add key="calico" value="{Feed}" /></packageSources></configuration>""");
        (await Shell.RunAsync(
            Root, new Dictionary<string, string> { ["SOURCE_DATE_EPOCH"] = "1700000000", ["MSBUILDDISABLENODEREUSE"] = "1" },
            "dotnet", "msbuild", "scripts/pack.proj", "-nologo", "-v:quiet", $"-p:Configuration={Configuration}", $"-p:Feed={Feed}", $"-p:PackedVersion={Version}")).MustSucceed();
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(Folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    /// <summary>Runs a command as a stranger would.</summary>
    internal Task<Shell.Result> RunAsync(string folder, params IReadOnlyList<string> command) =>
        Shell.RunAsync(folder, _environment, command);

    /// <summary>The same with no rights at all.</summary>
    internal Task<Shell.Result> RunAsNobodyAsync(string folder, params IReadOnlyList<string> command) =>
        Shell.RunAsync(folder, _environment, ["setpriv", $"--reuid={Nobody}", $"--regid={Nobody}", "--clear-groups", "--no-new-privs", .. command]);

    internal static Task<Shell.Result> GiveToNobodyAsync(string folder) =>
        Shell.RunAsync(folder, new Dictionary<string, string>(), "chown", "-R", $"{Nobody}:{Nobody}", ".");

    /// <summary>What is in a package, by the path in it.</summary>
    /// <param name="package">The id of one of this repository's, or a file.</param>
    internal IReadOnlyList<string> Contents(string package)
    {
        using ZipArchive zip = ZipFile.OpenRead(PathOf(package));
        return [.. zip.Entries.Select(entry => entry.FullName)];
    }

    internal string Read(string package, string entry)
    {
        using ZipArchive zip = ZipFile.OpenRead(PathOf(package));
        using var reader = new StreamReader(zip.GetEntry(entry)!.Open());
        return reader.ReadToEnd();
    }

    private string PathOf(string package) =>
        Path.IsPathFullyQualified(package) ? package : Path.Combine(Feed, $"{package}.{Version}.nupkg");

    /// <summary>What this repository was built with is on this machine: no test waits for the net because of it.</summary>
    private static void CopyPackages(string target, params IReadOnlyList<string> names)
    {
        string source = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        foreach (string file in names.Select(name => Path.Combine(source, name)).Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)))
        {
            string copy = Path.Combine(target, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Calico.Sdk.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} holds Calico.Sdk.sln.");
    }
}
