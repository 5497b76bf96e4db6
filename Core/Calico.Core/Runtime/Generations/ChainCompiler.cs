using System.Collections.Concurrent;
using Calico.Core.Chain.Rendering;
using Calico.Core.Compile;

namespace Calico.Core.Runtime.Generations;

/// <summary>Compiles all files of a generation, as many at a time as there are processors.</summary>
public static class ChainCompiler
{
    /// <summary>The objects, in the order of the units.</summary>
    /// <exception cref="CompileException">clang refused a file; of several, the first in the order of the units.</exception>
    public static IReadOnlyList<CompiledObject> Compile(RenderedChains chains, ProgramCompiler compiler, string cpu)
    {
        ArgumentNullException.ThrowIfNull(chains);
        ArgumentNullException.ThrowIfNull(compiler);
        var objects = new CompiledObject[chains.Units.Count];
        var failures = new ConcurrentDictionary<int, CompileException>();
        Parallel.For(0, objects.Length, i =>
        {
            try
            {
                objects[i] = compiler.Compile(chains.Units[i].Source, ClangOptions.For(cpu), chains.Headers);
            }
            catch (CompileException failure)
            {
                failures[i] = failure;
            }
        });
        return failures.IsEmpty ? objects : throw failures.MinBy(pair => pair.Key).Value;
    }
}
