using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace Calico.Core.Compile;

/// <summary>Compiles programs and keeps the objects. Safe for concurrent use; one program is compiled once, however many ask for it.</summary>
/// <param name="toolchain">The compiler, found when the first program is asked for.</param>
/// <param name="headers">What programs can include, beside the kernel's UAPI headers.</param>
/// <param name="cacheDirectory">The folder for objects and for what clang works on, such as <c>/var/cache/calico-sdk</c>.</param>
public sealed class ProgramCompiler(Func<ClangToolchain> toolchain, HeaderSet headers, string cacheDirectory)
{
    private readonly Lazy<ClangToolchain> _toolchain = new(toolchain);
    private readonly ObjectCache _cache = new(Path.Combine(cacheDirectory, "objects"));
    private readonly ConcurrentDictionary<string, Lazy<CompiledObject>> _running = new(StringComparer.Ordinal);

    private readonly Lazy<string> _work = new(() => CompileWorkspace.ClearedRoot(Path.Combine(cacheDirectory, "work")));

    /// <summary>With Core's headers and the newest clang.</summary>
    public static ProgramCompiler Default(string cacheDirectory) =>
        new(() => ClangToolchain.Find(), HeaderSet.Core, cacheDirectory);

    /// <summary>What every program can include.</summary>
    public HeaderSet Headers => headers;

    /// <summary>The compiler in use.</summary>
    public ClangToolchain Toolchain => _toolchain.Value;

    /// <summary>The object of a source: from the cache, or compiled now.</summary>
    /// <param name="source">The C text.</param>
    /// <param name="options">CPU and macros.</param>
    /// <param name="generated">Headers made for this program, such as the C declarations of its maps' types.</param>
    /// <exception cref="CompileException">clang refused it.</exception>
    /// <exception cref="ClangNotFoundException">There is no compiler.</exception>
    public CompiledObject Compile(RenderedSource source, ClangOptions options, IReadOnlyList<VirtualHeader>? generated = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(options);
        var included = generated is { Count: > 0 } ? headers.With(generated) : headers;
        var key = KeyOf(source, options, included);
        if (_cache.Find(key) is { } elf)
        {
            return new CompiledObject(source.Name, elf, key, FromCache: true);
        }

        var mine = new Lazy<CompiledObject>(() => CompileAndStore(source, options, included, key));
        try
        {
            return _running.GetOrAdd(key, mine).Value with { Name = source.Name };
        }
        finally
        {
            // A failure is not kept: the next call tries again.
            _running.TryRemove(new KeyValuePair<string, Lazy<CompiledObject>>(key, mine));
        }
    }

    private CompiledObject CompileAndStore(RenderedSource source, ClangOptions options, HeaderSet included, string key)
    {
        var elf = Toolchain.Compile(source, included, options, _work.Value);
        _cache.Store(key, elf);
        return new CompiledObject(source.Name, elf, key, FromCache: false);
    }

    // The templates too: clang copies their lines into the object, for the verifier to quote.
    private string KeyOf(RenderedSource source, ClangOptions options, HeaderSet included) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0',
            "calico object 1", Toolchain.VersionText, included.Hash, string.Join('\u0001', options.Arguments),
            string.Join('\0', source.Files.OrderBy(file => file.Key, StringComparer.Ordinal).Select(file => $"{file.Key}\u0001{file.Value.Text}")),
            source.Text))));
}
