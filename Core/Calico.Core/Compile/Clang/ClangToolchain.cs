using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace Calico.Core.Compile;

/// <summary>One clang on this machine. Immutable; safe for concurrent use.</summary>
public sealed partial class ClangToolchain
{
    /// <summary>The oldest that knows the BTF and the BPF built-ins that our headers use.</summary>
    public const int OldestVersion = 14;

    /// <summary>A program takes a second; a minute means that clang will never end.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private ClangToolchain(string path, int version, string versionText)
    {
        Path = path;
        Version = version;
        VersionText = versionText;
    }

    /// <summary>The executable.</summary>
    public string Path { get; }

    /// <summary>The major version.</summary>
    public int Version { get; }

    /// <summary>The line by which it names itself: part of a cached object's key.</summary>
    public string VersionText { get; }

    /// <summary>The newest clang of at least <see cref="OldestVersion"/>: of all <c>clang-N</c> in the folders, or a plain <c>clang</c> that is newer.</summary>
    /// <param name="folders">Where to look; the folders of <c>PATH</c> and Debian's <c>/usr/lib/llvm-N/bin</c> if null.</param>
    /// <exception cref="ClangNotFoundException">There is none; the message says what to install.</exception>
    public static ClangToolchain Find(IEnumerable<string>? folders = null)
    {
        var looked = (folders ?? DefaultFolders()).ToList();
        var versioned = looked.Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "clang-*"))
            .Select(path => (path, match: VersionedName().Match(path)))
            .Where(pair => pair.match.Success)
            .OrderByDescending(pair => int.Parse(pair.match.Groups[1].ValueSpan, System.Globalization.CultureInfo.InvariantCulture))
            .Select(pair => pair.path);
        var plain = looked.Select(folder => System.IO.Path.Combine(folder, "clang")).Where(File.Exists);

        var newest = versioned.Select(Probe).FirstOrDefault(found => found is not null);
        var unversioned = plain.Select(Probe).FirstOrDefault(found => found is not null);
        var best = newest is null || unversioned?.Version > newest.Version ? unversioned : newest;
        return best switch
        {
            null => throw new ClangNotFoundException(
                $"No clang was found in {string.Join(":", looked)}; eBPF programs are compiled on this machine, so install one: apt-get install clang-19 (any from {OldestVersion} on will do)."),
            { Version: < OldestVersion } => throw new ClangNotFoundException(
                $"{best.Path} is clang {best.Version}, but at least {OldestVersion} is needed; install a newer one beside it: apt-get install clang-19."),
            _ => best,
        };
    }

    /// <summary>Compiles C to an eBPF object.</summary>
    /// <param name="source">The C text.</param>
    /// <param name="headers">What it can include, beside the kernel's UAPI headers.</param>
    /// <param name="options">CPU and macros.</param>
    /// <param name="workRoot">The folder in which clang gets a folder of its own for as long as it runs.</param>
    /// <param name="cancellation">Ends clang early.</param>
    /// <exception cref="CompileException">clang refused it.</exception>
    public byte[] Compile(
        RenderedSource source,
        HeaderSet headers,
        ClangOptions options,
        string workRoot,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(headers);
        ArgumentNullException.ThrowIfNull(options);
        using var workspace = new CompileWorkspace(workRoot, source, headers);
        string[] arguments =
            [.. options.Arguments, "-I", CompileWorkspace.IncludeFolder, .. SystemIncludes(), "-c", "-x", "c", "-", "-o", "-"];
        var (exit, output, errors) = Run(Path, arguments, source.Text, workspace.Folder, cancellation);
        if (exit == 0)
        {
            return output;
        }

        var diagnostics = DiagnosticParser.Parse(errors, file => source.OwnerOf(file) ?? headers.OwnerOf(file));
        throw new CompileException(diagnostics.Count > 0
            ? diagnostics
            : [new(DiagnosticSeverity.Error, "", 0, 0, $"{Path} ended with status {exit}: {errors.Trim()}", null)]);
    }

    private static IEnumerable<string> DefaultFolders() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries)
            // A service's PATH may be short.
            .Concat(["/usr/bin", "/usr/local/bin"])
            .Concat(Directory.Exists("/usr/lib") ? Directory.EnumerateDirectories("/usr/lib", "llvm-*").Select(folder => folder + "/bin") : [])
            .Distinct();

    // clang for BPF does not search the folder of <asm/…>; after all others, so that it hides no header of clang's own.
    private static string[] SystemIncludes() => ["-idirafter", $"/usr/include/{Multiarch()}", "-idirafter", "/usr/include"];

    private static string Multiarch() => RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => "x86_64-linux-gnu",
        Architecture.Arm64 => "aarch64-linux-gnu",
        Architecture.RiscV64 => "riscv64-linux-gnu",
        Architecture.S390x => "s390x-linux-gnu",
        Architecture.Ppc64le => "powerpc64le-linux-gnu",
        var other => throw new ClangNotFoundException($"Calico.Sdk does not know where {other} keeps its system headers."),
    };

    private static ClangToolchain? Probe(string path)
    {
        int exit;
        byte[] output;
        try
        {
            (exit, output, _) = Run(path, ["--version"], "", "/", default);
        }
        catch (Win32Exception)
        {
            // A link to a clang that was removed, or nothing that runs here.
            return null;
        }

        var text = System.Text.Encoding.UTF8.GetString(output);
        var match = VersionLine().Match(text);
        return exit == 0 && match.Success
            ? new ClangToolchain(path, int.Parse(match.Groups[1].ValueSpan, System.Globalization.CultureInfo.InvariantCulture), match.Value.Trim())
            : null;
    }

    private static (int Exit, byte[] Output, string Errors) Run(
        string path, string[] arguments, string input, string folder, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(path, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // Diagnostics are parsed: no translation.
            Environment = { ["LC_ALL"] = "C" },
        };
        using var process = Process.Start(start)!;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Patience);
        using var end = limit.Token.Register(process.Kill);
        using var output = new MemoryStream();
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        var copying = process.StandardOutput.BaseStream.CopyToAsync(output, CancellationToken.None);
        try
        {
            process.StandardInput.Write(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended before it had read everything; its diagnostics say why.
        }

        Task.WaitAll([copying, errors], CancellationToken.None);
        process.WaitForExit();
        cancellation.ThrowIfCancellationRequested();
        return limit.IsCancellationRequested
            ? throw new TimeoutException($"{path} did not end within {Patience.TotalSeconds} seconds.")
            : (process.ExitCode, output.ToArray(), errors.Result);
    }

    [GeneratedRegex(@"/clang-(\d+)$")]
    private static partial Regex VersionedName();

    [GeneratedRegex(@"^.*clang version (\d+).*$", RegexOptions.Multiline)]
    private static partial Regex VersionLine();
}
