using Calico.Sdk;
using Microsoft.Extensions.Logging;

namespace Example.XdpBlocklist;

/// <summary>
/// Loads the list when the plugin starts and whenever the file changes. It looks at the file's time and size instead of
/// watching it: that sees a file that is written, renamed into place or mounted anew alike, and leaves nothing behind when
/// the plugin is unloaded.
/// </summary>
internal sealed class BlocklistWatcher(Blocklist list, BlocklistSettings settings, ILogger<BlocklistWatcher> log) : IPluginService
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        (DateTime Written, long Size) loaded = default;
        while (true)
        {
            // A file that is missing keeps the last list in force: a failed download must not open the door.
            var file = new FileInfo(settings.File);
            if (!file.Exists && loaded != default)
            {
                log.LogWarning("{File} is gone; the last list stays in force", settings.File);
                loaded = default;
            }
            else if (file.Exists && loaded != (file.LastWriteTimeUtc, file.Length))
            {
                loaded = (file.LastWriteTimeUtc, file.Length);
                Load(cancellationToken);
            }
            else if (!file.Exists && list.Last is null)
            {
                // Thrown, so that `calico status` shows it until the file is there.
                throw new FileNotFoundException($"The blocklist {settings.File} does not exist. Write one, or correct the option 'file'.");
            }

            await Task.Delay(settings.Poll, cancellationToken);
        }
    }

    private void Load(CancellationToken cancellationToken)
    {
        using (var reader = new StreamReader(settings.File))
        {
            list.Load(reader, cancellationToken);
        }

        BlocklistLoad load = list.Last!;
        log.LogInformation("Loaded {File} in {Milliseconds} ms", settings.File, (long)load.Took.TotalMilliseconds);
        if (load.BadCount > 0)
        {
            log.LogWarning(
                "{File}:{Line}: '{Text}' {Reason}; {Count} such lines were passed over, see calico blocklist-problems",
                settings.File, load.Bad[0].Line, load.Bad[0].Text, load.Bad[0].Reason, load.BadCount);
        }
    }
}
