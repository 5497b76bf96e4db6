using System.Collections.Immutable;
using Calico.Core.Resources.Folder;
using Calico.Core.Runtime.Reports;
using Microsoft.Extensions.Logging;

namespace Calico.Core.Plugins.Development;

/// <summary>
/// Follows the build folders of plugins in development: each build that is whole is copied aside, and put in force by a
/// reload from the copy. A build that is refused leaves the one before it in force; the next one is tried again.
/// </summary>
public sealed partial class PluginDevelopment : IDisposable
{
    private readonly ImmutableArray<DevelopmentFolder> _folders;
    private readonly ILogger _log;
    private readonly SemaphoreSlim _turn = new(1);

    /// <param name="folders">The build folders, absolute.</param>
    /// <param name="copies">A folder for the copies, which nobody else uses: what an earlier process left in it is removed.</param>
    /// <param name="log">Told of what cannot be loaded.</param>
    public PluginDevelopment(IEnumerable<string> folders, string copies, ILogger log)
    {
        ArgumentNullException.ThrowIfNull(folders);
        _log = log;
        _folders = [.. folders.Select(folder => new DevelopmentFolder(folder, copies))];
        if (Directory.Exists(copies))
        {
            Directory.Delete(copies, recursive: true);
        }

        foreach (DevelopmentFolder folder in _folders)
        {
            if (folder.Look(isSettled: true) is { } copy)
            {
                folder.Accept(copy);
            }
            else
            {
                LogWaiting(folder.Source, folder.Unfit ?? "It is being written.");
            }
        }

        Current = InForce();
    }

    /// <summary>How long a folder must stay the same before it is taken for a whole build.</summary>
    public TimeSpan Quiet { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The copies to load from now. While a build is tried, its copy is among them.</summary>
    public ImmutableArray<string> Current { get; private set; }

    /// <summary>Follows the folders until it is cancelled.</summary>
    /// <param name="reload">Loads from <see cref="Current"/>, and says how it went. Called by one build at a time.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Ends without an exception.</returns>
    public Task RunAsync(Func<CancellationToken, Task<ReloadReport>> reload, CancellationToken cancellationToken) =>
        Task.WhenAll(_folders.Select(folder => Task.Run(() => FollowAsync(folder, reload, cancellationToken), CancellationToken.None)));

    /// <summary>Runs what uses <see cref="Current"/> while no build is being tried.</summary>
    /// <typeparam name="T">What it gives.</typeparam>
    /// <param name="step">What is to run.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>What it gave.</returns>
    public async Task<T> BetweenBuildsAsync<T>(Func<Task<T>> step, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(step);
        await _turn.WaitAsync(cancellationToken);
        try
        {
            return await step();
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>To be called when nothing runs any more. The copies stay until the next process.</summary>
    public void Dispose() => _turn.Dispose();

    private async Task FollowAsync(DevelopmentFolder folder, Func<CancellationToken, Task<ReloadReport>> reload, CancellationToken cancellationToken)
    {
        // Events only shorten the wait: what happened is found by looking, so that lost ones and a replaced folder do no harm.
        using var watcher = new FolderWatcher(new FolderOptions { Folder = folder.Source, Quiet = Quiet, LongestWait = TimeSpan.FromMinutes(1) }, _log);
        string? told = null;
        try
        {
            while (true)
            {
                watcher.Follow();
                await watcher.WaitAsync(Quiet, cancellationToken);
                _ = watcher.TakeTouched();
                if (folder.Look() is { } copy)
                {
                    await BetweenBuildsAsync(() => TryAsync(folder, copy, reload, cancellationToken), cancellationToken);
                }
                else if (folder.Unfit != told && folder.Unfit is { } unfit)
                {
                    LogWaiting(folder.Source, unfit);
                }

                told = folder.Unfit;
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private async Task<bool> TryAsync(
        DevelopmentFolder folder, string copy, Func<CancellationToken, Task<ReloadReport>> reload, CancellationToken cancellationToken)
    {
        ImmutableArray<string> before = Current;
        bool isAccepted = false;
        Current = InForce(folder, copy);
        LogChanged(folder.Source);
        try
        {
            // The reload itself logs how it went.
            isAccepted = (await reload(cancellationToken)).Outcome == ReloadReport.Reloaded;
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            LogFailed(folder.Source, failure.Message);
        }

        if (isAccepted)
        {
            folder.Accept(copy);
        }
        else
        {
            Current = before;
            DevelopmentFolder.Refuse(copy);
        }

        return isAccepted;
    }

    private ImmutableArray<string> InForce(DevelopmentFolder? tried = null, string? copy = null) =>
        [.. _folders.Select(folder => folder == tried ? copy : folder.InForce).OfType<string>()];

    [LoggerMessage(EventId = 2201, Level = LogLevel.Information, Message = "{Folder} was built anew: it is loaded from a copy")]
    private partial void LogChanged(string folder);

    [LoggerMessage(EventId = 2202, Level = LogLevel.Warning, Message = "The build in {Folder} is not loaded before it is whole: {Reason}")]
    private partial void LogWaiting(string folder, string reason);

    [LoggerMessage(EventId = 2203, Level = LogLevel.Error, Message = "The build in {Folder} is not in force, the one before it stays: {Reason}")]
    private partial void LogFailed(string folder, string reason);
}
