using Calico.Core.Chain.Layouts;
using Calico.Core.Configuration;
using Calico.Core.Flows;
using Calico.Core.Maps;
using Calico.Core.Plugins;
using Calico.Core.Runtime.Generations;
using Calico.Core.Runtime.Reports;
using Microsoft.Extensions.Logging;

namespace Calico.Core.Runtime;

/// <content>Another set of plugins, under traffic.</content>
public sealed partial class Dataplane
{
    private readonly SemaphoreSlim _reloading = new(1);
    private volatile ReloadReport? _lastReload;
    private int _collecting;
    private int _roundsLeft;
    private Task _collection = Task.CompletedTask;

    /// <summary>The last reload; null where there was none since the start.</summary>
    public ReloadReport? LastReload => _lastReload;

    /// <summary>
    /// Reads the configuration again and puts in force what it says of plugins: which, from where, with what options. What
    /// else it changes needs a restart, and the report says so.
    /// </summary>
    /// <param name="read">Reads it; a configuration that is wrong (<see cref="ConfigurationException"/>) refuses the reload.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="cancellationToken">Ends it while nothing is swapped.</param>
    /// <returns>How it went; a reload that is refused is no exception.</returns>
    /// <exception cref="InvalidOperationException">The dataplane has not started.</exception>
    /// <exception cref="OperationCanceledException">It was ended; everything is as it was.</exception>
    public Task<ReloadReport> ReloadAsync(
        Func<AgentConfiguration> read, ReloadOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(read);
        return ReloadAsync(
            log =>
            {
                var configuration = read();
                if (ConfigurationChanges.NeedRestart(_configuration, configuration) is { Count: > 0 } others)
                {
                    log.Note($"The configuration changed in {string.Join(", ", others)} too, which takes effect when the agent is started again.");
                }

                return PluginStart.Request(configuration);
            },
            options,
            cancellationToken);
    }

    /// <summary>
    /// Puts another set of plugins in force, or the same one read again, while traffic flows: no packet is lost and no
    /// connection breaks. Where anything fails, the old generation and the old plugins stay.
    /// </summary>
    /// <remarks>
    /// <code>
    ///   beside the old:  1 load plugins ─ 2 plan, render, compile, verify ─ 3 preflight ─ 4 prepare (record, sweeper, pins)
    ///   by the writer:   5 swap every attach point, or none
    ///   afterwards:      6 watch the counters (and swap back) ─ 7 retire the old generation ─ 8 old plugins end, new ones begin
    /// </code>
    /// Thread-safe; a second reload waits for the first.
    /// </remarks>
    /// <param name="request">The plugins that are wanted.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="cancellationToken">Ends it while nothing is swapped.</param>
    /// <returns>How it went; a reload that is refused is no exception.</returns>
    /// <exception cref="InvalidOperationException">The dataplane has not started.</exception>
    /// <exception cref="OperationCanceledException">It was ended; everything is as it was.</exception>
    public Task<ReloadReport> ReloadAsync(PluginRequest request, ReloadOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return ReloadAsync(_ => request, options, cancellationToken);
    }

    private async Task<ReloadReport> ReloadAsync(
        Func<ReloadLog, PluginRequest> request, ReloadOptions? options, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _stopping.Token);
        await _reloading.WaitAsync(either.Token);
        try
        {
            var log = new ReloadLog();
            var report = await ReloadAsync(request, options ?? new ReloadOptions(), log, either.Token);
            _lastReload = report;
            LogReload(report);
            return report;
        }
        finally
        {
            _reloading.Release();
            CollectUnloaded();
        }
    }

    private async Task<ReloadReport> ReloadAsync(
        Func<ReloadLog, PluginRequest> request, ReloadOptions options, ReloadLog log, CancellationToken cancellationToken)
    {
        var before = _generation ?? throw new InvalidOperationException("The dataplane has not started; there is nothing to reload.");
        var old = _plugins;
        var versions = ReloadLog.Versions(old);
        var maps = _maps.Maps.Keys.ToHashSet(StringComparer.Ordinal);
        var next = PluginSet.Empty;
        Prepared? prepared = null;
        try
        {
            // 1.
            next = await _pluginHost.LoadAsync(request(log), cancellationToken);
            log.Step("load");

            // 2. 3. 4.
            (prepared, next) = await Task.Run(() => PrepareAsync(before, next, options, log), cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();

            // 5. 6.
            await SwapAsync(before, prepared, options, log);
        }
        catch (Exception failure)
        {
            await log.TryAsync("What the new generation left could not be removed", () => GiveUpAsync(prepared, next, maps));
            if (failure is OperationCanceledException && cancellationToken.IsCancellationRequested)
            {
                throw new OperationCanceledException("The reload was ended; everything is as it was.", cancellationToken);
            }

            log.Step("undo");
            return log.End(
                failure is SwappedBackException ? ReloadReport.RolledBack : ReloadReport.Refused,
                before.Number, before.Number, ReloadLog.Changes(versions, versions), _pluginHost.ContextsAlive,
                (failure as ReloadRefusedException)?.Reasons ?? [failure.Message]);
        }

        // 7. 8.
        await SettleAsync(before, prepared, old, next, log);
        return log.End(
            ReloadReport.Reloaded, before.Number, prepared.Generation.Number,
            ReloadLog.Changes(versions, ReloadLog.Versions(next)), _pluginHost.ContextsAlive, []);
    }

    /// <summary>All that can fail: after it only links are updated.</summary>
    private async Task<(Prepared Prepared, PluginSet Plugins)> PrepareAsync(Generation before, PluginSet next, ReloadOptions options, ReloadLog log)
    {
        var pins = new GenerationPins(_folders.Generations);
        var built = Build(pins.Next(), next, LayoutCatalog.Of(before.Plan));
        log.Built(built.Timings);
        var prepared = new Prepared(built.Generation, pins);
        try
        {
            foreach (var plugin in built.Refused)
            {
                next = await next.WithoutAsync(plugin.PluginId, plugin.Reason);
            }

            RefuseWhatIsNew(next.Quarantined, options);
            var unfit = Preflight.Run(built.Generation, _maps);
            if (unfit.Count > 0)
            {
                throw new ReloadRefusedException(["The new generation failed its preflight.", .. unfit]);
            }

            log.Step("preflight");
            prepared.IsRedecisionNeeded = _isRecordLost || built.Generation.Plan.Reclaimed.Count > 0
                || Redecision.IsNeeded(built.Generation, _folders.Redecision);
            prepared.Sweeper = FlowSweeper.LoadUnlessSame(_sweeper, built.Generation.Plan, _settings, Compiler(), Cpu, _maps);
            pins.Pin(built.Generation);
            // Whoever comes after a crash in the middle reads the flows of both generations right.
            AtomicText.Write(_folders.ChainRecord, built.Generation.Plan.Record.ToJson());
            if (prepared.IsRedecisionNeeded)
            {
                Redecision.Announce(_folders.Redecision);
            }

            log.Step("prepare");
            return (prepared, next);
        }
        catch
        {
            Discard(prepared);
            throw;
        }
    }

    // One that was refused already, for the same reason, keeps nobody else from being reloaded.
    private void RefuseWhatIsNew(IReadOnlyList<QuarantinedPlugin> refused, ReloadOptions options)
    {
        var isNew = refused.Where(plugin =>
            !_plugins.Quarantined.Any(known => known.Folder == plugin.Folder && known.Reason == plugin.Reason)).ToList();
        if (isNew.Count > 0 && !options.RunWithoutRefused)
        {
            throw new ReloadRefusedException([.. isNew.Select(plugin => $"Plugin {plugin.Id ?? plugin.Folder}: {plugin.Reason}")]);
        }
    }

    private async Task SwapAsync(Generation before, Prepared prepared, ReloadOptions options, ReloadLog log)
    {
        var next = prepared.Generation;
        var watch = new CounterWatch(_maps);
        await OnWriterAsync(() =>
        {
            _sockets!.Swap(next.SocketPrograms);
            try
            {
                _interfaces!.Swap(before, next);
            }
            catch
            {
                _sockets.Swap(before.SocketPrograms);
                throw;
            }

            _generation = next;
            if (prepared.IsRedecisionNeeded)
            {
                _interfaces.RedecideAll();
            }
        });
        log.Step("swap");
        var missed = await WatchAsync(watch, options.Watch);
        if (missed.Count > 0)
        {
            IReadOnlyList<string> reasons = [.. missed.Select(edge => SentenceOf(Report(next, edge.Key, edge.Value)))];
            await OnWriterAsync(() =>
            {
                _sockets!.Swap(before.SocketPrograms);
                _interfaces!.Swap(next, before);
                _generation = before;
                _interfaces.RedecideAll();
            });
            throw new SwappedBackException(reasons);
        }

        log.Notes(watch.Drops().Select(drop => $"While the counters were watched, {drop.Value} packets were dropped for {ReasonOf(next, drop.Key)}."));
        log.Step("watch");
    }

    private async Task<IReadOnlyList<KeyValuePair<Maps.Layout.MissedCallKey, ulong>>> WatchAsync(CounterWatch watch, TimeSpan patience)
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();
        while (true)
        {
            if (watch.Missed() is { Count: > 0 } missed)
            {
                return missed;
            }

            var left = patience - clock.Elapsed;
            if (left <= TimeSpan.Zero || _stopping.IsCancellationRequested)
            {
                return [];
            }

            await Task.Delay(left < s_look ? left : s_look, CancellationToken.None);
        }
    }

    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(10);

    /// <summary>The new generation is in force: what is left does not change that, whatever becomes of it.</summary>
    private async Task SettleAsync(Generation before, Prepared prepared, PluginSet old, PluginSet plugins, ReloadLog log)
    {
        var next = prepared.Generation;
        _plugins = plugins;
        _isRecordLost = false;
        log.Try("The redeciding stages could not be noted", () => Redecision.Remember(next, _folders.Redecision));
        log.Try("The layouts could not be noted", () => AtomicText.Write(_folders.Layouts, LayoutCatalog.Of(next.Plan).ToJson()));
        if (prepared.Sweeper is { } sweeper)
        {
            await UseSweeperAsync(sweeper);
        }

        // No packet is inside the old chains after this.
        log.Try("The old generation could not be unpinned", () => prepared.Pins.RetireAllBut(next.Number));
        before.Dispose();
        log.Step("retire");
        // Two versions' reconcilers must not write one map: the old ones end before the new ones begin.
        log.Notes(await old.StopAsync());
        log.Step("unload");
        await BeginAsync(plugins, log);
        log.Try("Maps that are no longer used could not be removed", () => _maps.RetireOthers(MapsOf(next)));
        log.Step("begin");
    }

    private async Task BeginAsync(PluginSet plugins, ReloadLog log)
    {
        try
        {
            _activity.Use(plugins);
            await _activity.StartAsync(plugins, _stopping.Token);
        }
        catch (OperationCanceledException)
        {
            log.Note("The dataplane was stopped before the new plugins' services had begun.");
        }
    }

    private async Task GiveUpAsync(Prepared? prepared, PluginSet next, IReadOnlySet<string> maps)
    {
        if (prepared is not null)
        {
            // Packets may be inside the chains of a swap that was taken back.
            GracePeriod.Wait();
            Discard(prepared);
        }

        await next.StopAsync();
        _maps.RetireOthers(maps);
    }

    private void Discard(Prepared prepared)
    {
        prepared.Sweeper?.Dispose();
        prepared.Generation.Dispose();
        prepared.Pins.Unpin(prepared.Generation.Number);
        AtomicText.Write(_folders.ChainRecord, _generation!.Plan.Record.ToJson());
        Redecision.Remember(_generation, _folders.Redecision);
    }

    /// <summary>
    /// Old plugins leave memory when the runtime collects garbage, which an idle agent does once in a long while: some
    /// time after the last reload it is asked to, so that what then still stands there is a leak, and can be shown.
    /// </summary>
    private void CollectUnloaded()
    {
        // Counted from the last reload on, whichever of them began it.
        Volatile.Write(ref _roundsLeft, 5);
        if (Interlocked.Exchange(ref _collecting, 1) == 0)
        {
            _collection = Task.Run(async () =>
            {
                while (_pluginHost.ContextsAlive > _plugins.Plugins.Count && Interlocked.Decrement(ref _roundsLeft) >= 0)
                {
                    await Task.Delay(TimeSpan.FromSeconds(1), _stopping.Token);
                    GC.Collect();
                    GC.WaitForPendingFinalizers();
                }

                Interlocked.Exchange(ref _collecting, 0);
            });
        }
    }

    private void LogReload(ReloadReport report)
    {
        var steps = string.Join(", ", report.Steps.Select(step => $"{step.Name} {step.Milliseconds:F1}"));
        if (report.Outcome == ReloadReport.Reloaded)
        {
            _logger.LogInformation("Reloaded: generation {Before} -> {After} in {Total:F0} ms ({Steps})", report.GenerationBefore, report.GenerationAfter, report.Milliseconds, steps);
        }
        else
        {
            _logger.LogError("The reload was {Outcome}, generation {Number} stays: {Reasons}", report.Outcome, report.GenerationAfter, string.Join(' ', report.Reasons));
        }

        foreach (var note in report.Notes)
        {
            _logger.LogWarning("{Note}", note);
        }
    }

    /// <summary>A generation that is loaded, with what goes with it.</summary>
    private sealed class Prepared(Generation generation, GenerationPins pins)
    {
        public Generation Generation { get; } = generation;

        public GenerationPins Pins { get; } = pins;

        public bool IsRedecisionNeeded { get; set; }

        /// <summary>Null where the running one fits.</summary>
        public FlowSweeper? Sweeper { get; set; }
    }
}
