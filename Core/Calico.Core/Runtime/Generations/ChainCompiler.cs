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
        return Compile(chains.Units, chains.Headers, compiler, cpu);
    }

    /// <summary>The same of any files that include the same headers.</summary>
    internal static IReadOnlyList<CompiledObject> Compile(
        IReadOnlyList<RenderedUnit> units, IReadOnlyList<VirtualHeader> headers, ProgramCompiler compiler, string cpu)
    {
        ArgumentNullException.ThrowIfNull(compiler);
        var objects = new CompiledObject[units.Count];
        var failures = new ConcurrentDictionary<int, CompileException>();
        Parallel.For(0, objects.Length, i =>
        {
            try
            {
                objects[i] = compiler.Compile(units[i].Source, ClangOptions.For(cpu), headers);
            }
            catch (CompileException failure)
            {
                failures[i] = failure;
            }
        });
        return failures.IsEmpty ? objects : throw failures.MinBy(pair => pair.Key).Value;
    }
}
