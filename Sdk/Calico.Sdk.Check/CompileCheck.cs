using System.Collections.Concurrent;
using Calico.Core.Chain.Rendering;
using Calico.Core.Compile;

namespace Calico.Sdk.Check;

/// <summary>Compiles the chains; what did not change since the last build comes from the cache in <c>obj/</c>.</summary>
internal static class CompileCheck
{
    // What every supported kernel takes; a program that compiles for it compiles for v4.
    private const string Cpu = "v3";

    public static void Run(RenderedChains chains, CheckRequest request, AuthorFiles files, BuildMessages messages)
    {
        ProgramCompiler compiler = ProgramCompiler.Default(request.Work);
        try
        {
            _ = compiler.Toolchain;
        }
        catch (ClangNotFoundException none)
        {
            messages.Warning(Codes.NoClang, files.Project, $"The templates were rendered but not compiled, so errors in their C show only on a node. {none.Message}");
            return;
        }

        var failures = new ConcurrentDictionary<int, CompileException>();
        Parallel.For(0, chains.Units.Count, i =>
        {
            try
            {
                compiler.Compile(chains.Units[i].Source, ClangOptions.For(Cpu), chains.Headers);
            }
            catch (CompileException failure)
            {
                failures[i] = failure;
            }
        });
        foreach ((int unit, CompileException failure) in failures.OrderBy(pair => pair.Key))
        {
            Report(failure, chains.Units[unit].Name, files, messages);
        }
    }

    private static void Report(CompileException failure, string unit, AuthorFiles files, BuildMessages messages)
    {
        for (int i = 0; i < failure.Diagnostics.Count; i++)
        {
            CompileDiagnostic found = failure.Diagnostics[i];
            if (found.Severity == DiagnosticSeverity.Note)
            {
                continue;
            }

            // clang's notes explain what stands before them.
            IEnumerable<string> notes = failure.Diagnostics.Skip(i + 1)
                .TakeWhile(next => next.Severity == DiagnosticSeverity.Note)
                .Select(note => note.File.Length == 0 ? note.Message : $"{files.Find(note.File, note.Line, note.Column)}: {note.Message}");
            string text = string.Join("; ", notes.Prepend(found.Message));
            messages.Error(
                Codes.Compile,
                files.Find(found.File, found.Line, found.Column),
                found.File.Length == 0 ? $"clang, of the chain {unit}: {text}" : text);
        }
    }
}
