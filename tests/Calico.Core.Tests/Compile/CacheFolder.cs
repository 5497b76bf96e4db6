using Calico.Core.Compile;

namespace Calico.Core.Tests.Compile;

/// <summary>A cache directory for one test.</summary>
public sealed class CacheFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("calico-compile-test-").FullName;

    public ProgramCompiler Compiler() => ProgramCompiler.Default(Path);

    public IReadOnlyList<string> Objects() => [.. Directory.EnumerateFiles(Path, "*.o", SearchOption.AllDirectories)];

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
