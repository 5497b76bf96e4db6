using System.Diagnostics;
using Calico.Core.Plugins;
using Calico.Core.Runtime.Generations;
using Calico.Core.Runtime.Reports;

namespace Calico.Core.Runtime;

/// <summary>Writes down how a reload goes, in words and numbers that hold nothing of a plugin.</summary>
internal sealed class ReloadLog
{
    private readonly DateTimeOffset _at = DateTimeOffset.UtcNow;
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly List<ReloadStep> _steps = [];
    private readonly List<string> _notes = [];
    private TimeSpan _last;

    /// <summary>What has been done since the last step was this one.</summary>
    public void Step(string name)
    {
        var now = _clock.Elapsed;
        _steps.Add(new ReloadStep(name, Round(now - _last)));
        _last = now;
    }

    /// <summary>The steps of building, which measured themselves.</summary>
    public void Built(GenerationTimings timings)
    {
        _steps.Add(new ReloadStep("plan", Round(timings.Plan)));
        _steps.Add(new ReloadStep("render", Round(timings.Render)));
        _steps.Add(new ReloadStep("compile", Round(timings.Compile)));
        _steps.Add(new ReloadStep("verify", Round(timings.Load)));
        _last = _clock.Elapsed;
    }

    public void Note(string sentence) => _notes.Add(sentence);

    public void Notes(IEnumerable<string> sentences) => _notes.AddRange(sentences);

    /// <summary>Does what can be left undone; a failure is a note.</summary>
    public void Try(string what, Action action)
    {
        try
        {
            action();
        }
        catch (Exception failure) when (IsForgiven(failure))
        {
            _notes.Add($"{what}: {failure.Message}");
        }
    }

    /// <summary>The same for what takes its time.</summary>
    public async Task TryAsync(string what, Func<Task> action)
    {
        try
        {
            await action();
        }
        catch (Exception failure) when (IsForgiven(failure))
        {
            _notes.Add($"{what}: {failure.Message}");
        }
    }

    public ReloadReport End(string outcome, int before, int after, IReadOnlyList<PluginChange> plugins, int contexts, IReadOnlyList<string> reasons) =>
        new(outcome, _at, before, after, plugins, [.. _steps], Round(_clock.Elapsed), contexts, reasons, [.. _notes]);

    /// <summary>The running plugins by id, as text.</summary>
    public static IReadOnlyDictionary<string, string> Versions(PluginSet plugins) =>
        plugins.Plugins.ToDictionary(plugin => plugin.Id, plugin => plugin.Version, StringComparer.Ordinal);

    /// <summary>Who came, went, or changed, and who stayed as it was.</summary>
    public static IReadOnlyList<PluginChange> Changes(IReadOnlyDictionary<string, string> before, IReadOnlyDictionary<string, string> after) =>
    [
        .. before.Keys.Union(after.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .Select(id => new PluginChange(id, before.GetValueOrDefault(id), after.GetValueOrDefault(id))),
    ];

    private static bool IsForgiven(Exception failure) => failure is IOException or UnauthorizedAccessException or Bpf.BpfException;

    private static double Round(TimeSpan time) => Math.Round(time.TotalMilliseconds, 1);
}
