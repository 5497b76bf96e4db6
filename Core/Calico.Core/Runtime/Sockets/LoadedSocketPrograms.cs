using Calico.Core.Bpf;
using Calico.Core.Chain.Rendering;
using Calico.Core.Compile;
using Calico.Core.Maps;
using Calico.Core.Runtime.Generations;

namespace Calico.Core.Runtime.Sockets;

/// <summary>The socket programs of one generation, in the kernel and not attached by this.</summary>
internal sealed class LoadedSocketPrograms : IDisposable
{
    private readonly List<LoadedObject> _objects = [];

    /// <summary>Of a generation that has none.</summary>
    public static LoadedSocketPrograms None => new();

    /// <summary>In the order in which they are to run at their hooks.</summary>
    public List<LoadedSocketProgram> Programs { get; } = [];

    /// <exception cref="CompileException">clang refused one.</exception>
    public static IReadOnlyList<CompiledObject> Compile(RenderedChains chains, ProgramCompiler compiler, string cpu) =>
        ChainCompiler.Compile([.. chains.SocketPrograms.Select(program => program.Unit)], chains.Headers, compiler, cpu);

    /// <param name="chains">What was rendered.</param>
    /// <param name="objects">What was compiled of its socket programs.</param>
    /// <param name="maps">The maps, ensured already.</param>
    /// <exception cref="VerifierException">The verifier refused one; it names the template's line and the owner.</exception>
    /// <exception cref="BpfException">The kernel refused for another reason.</exception>
    public static LoadedSocketPrograms Load(RenderedChains chains, IReadOnlyList<CompiledObject> objects, MapSet maps)
    {
        var loaded = new LoadedSocketPrograms();
        try
        {
            foreach (var (rendered, compiled) in chains.SocketPrograms.Zip(objects))
            {
                var its = GenerationLoader.Load(rendered.Unit, compiled, chains, maps.Maps);
                loaded._objects.Add(its);
                loaded.Programs.Add(new LoadedSocketProgram(rendered, its.Programs[rendered.Unit.Name]));
            }

            return loaded;
        }
        catch
        {
            loaded.Dispose();
            throw;
        }
    }

    public void Dispose() => _objects.ForEach(its => its.Dispose());
}

/// <summary>One of them.</summary>
/// <param name="Rendered">Which one, and at which hook.</param>
/// <param name="Program">The program.</param>
internal sealed record LoadedSocketProgram(RenderedSocketProgram Rendered, BpfProgram Program)
{
    /// <summary>What its link is pinned as.</summary>
    public string PinName => $"{Rendered.Hook.Name}-{Rendered.Declaration.PluginId}-{Rendered.Declaration.Name}";
}
