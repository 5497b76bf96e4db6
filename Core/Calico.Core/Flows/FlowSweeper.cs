using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Calico.Core.Bpf;
using Calico.Core.Chain;
using Calico.Core.Chain.Rendering;
using Calico.Core.Compile;
using Calico.Core.Maps;

namespace Calico.Core.Flows;

/// <summary>
/// Removes expired flows, with a program that scans the tables inside the kernel. Nothing depends on it but memory: an
/// expired flow is a miss whether or not it was swept.
/// </summary>
public sealed class FlowSweeper : IDisposable
{
    private const string Template = "sweep.bpf.c.sbn";

    private readonly LoadedObject _loaded;
    private readonly BpfProgram _program;
    private readonly Lock _lock = new();

    private readonly string _key;

    private FlowSweeper(LoadedObject loaded, string key)
    {
        _loaded = loaded;
        _key = key;
        _program = loaded.Programs["sweep"];
    }

    /// <summary>How often <see cref="RunAsync"/> sweeps unless told otherwise.</summary>
    public static TimeSpan DefaultInterval { get; } = TimeSpan.FromSeconds(10);

    /// <summary>What the last sweep did; null before the first.</summary>
    public SweepResult? Last { get; private set; }

    /// <summary>Entries removed by all sweeps of this sweeper.</summary>
    public long TotalRemoved { get; private set; }

    /// <summary>Why the last sweep of <see cref="RunAsync"/> failed; null if it did not.</summary>
    public string? LastFailure { get; private set; }

    /// <summary>Compiles and loads the program.</summary>
    /// <param name="plan">The plan of the generation whose flows are swept.</param>
    /// <param name="settings">Its settings, which have the timeouts.</param>
    /// <param name="compiler">Compiles it, or has it.</param>
    /// <param name="cpu">The instruction set, such as <c>v3</c>.</param>
    /// <param name="maps">The instance's maps; they must be ensured already.</param>
    /// <exception cref="CompileException">clang refused it.</exception>
    /// <exception cref="BpfException">The kernel refused it.</exception>
    public static FlowSweeper Load(ChainPlan plan, ChainSettings settings, ProgramCompiler compiler, string cpu, MapSet maps)
    {
        ArgumentNullException.ThrowIfNull(compiler);
        ArgumentNullException.ThrowIfNull(maps);
        return LoadUnlessSame(null, plan, settings, compiler, cpu, maps)!;
    }

    /// <summary>The same, unless a running one would do just that: null then.</summary>
    /// <param name="running">The running one, if any.</param>
    /// <param name="plan">The plan of the generation whose flows are swept.</param>
    /// <param name="settings">Its settings, which have the timeouts.</param>
    /// <param name="compiler">Compiles it, or has it.</param>
    /// <param name="cpu">The instruction set, such as <c>v3</c>.</param>
    /// <param name="maps">The instance's maps; they must be ensured already.</param>
    internal static FlowSweeper? LoadUnlessSame(
        FlowSweeper? running, ChainPlan plan, ChainSettings settings, ProgramCompiler compiler, string cpu, MapSet maps)
    {
        var source = TemplateRenderer.Render(Template, EmbeddedTemplates.Core);
        var compiled = compiler.Compile(source, ClangOptions.For(cpu), [.. GeneratedHeaders.Of(plan, settings), ContextHeader()]);
        return running?._key == compiled.Key ? null : new FlowSweeper(BpfObject.Load("sweep", compiled.Elf, maps.Maps), compiled.Key);
    }

    /// <summary>Sweeps all tables once, in the calling thread. Thread-safe; one sweep at a time.</summary>
    /// <exception cref="BpfException">The kernel did not run the program.</exception>
    public SweepResult Sweep()
    {
        lock (_lock)
        {
            long started = Stopwatch.GetTimestamp();
            var run = _program.TestRun(new TestRunRequest { Context = new byte[Unsafe.SizeOf<SweepContext>()] });
            var context = MemoryMarshal.Read<SweepContext>(run.Context.Span);
            Last = new SweepResult((long)context.Seen, (long)context.Removed, Stopwatch.GetElapsedTime(started));
            TotalRemoved += Last.Removed;
            return Last;
        }
    }

    /// <summary>Sweeps now and then until cancelled, on a thread of the pool. A failed sweep is noted and tried again.</summary>
    public async Task RunAsync(TimeSpan interval, CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(interval);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellation).ConfigureAwait(false))
            {
                try
                {
                    Sweep();
                    LastFailure = null;
                }
                catch (BpfException failure)
                {
                    LastFailure = failure.Message;
                }
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The end that was asked for.
        }
    }

    public void Dispose() => _loaded.Dispose();

    private static VirtualHeader ContextHeader()
    {
        var types = new CEmitter();
        types.Add(typeof(SweepContext));
        return GeneratedHeaders.Header("sweep.h", types.ToString());
    }
}
