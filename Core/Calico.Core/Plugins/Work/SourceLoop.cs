using Calico.Core.Resources;
using Calico.Sdk.Resources;
using Microsoft.Extensions.DependencyInjection;

namespace Calico.Core.Plugins;

/// <summary>Reads one source of a plugin into the store, and reads it anew when it ends. What it gave stays meanwhile.</summary>
/// <param name="work">The source.</param>
/// <param name="name">The store's name for it.</param>
/// <param name="store">Where the resources go.</param>
/// <param name="health">Told how it goes.</param>
internal sealed class SourceLoop(WorkDeclaration work, string name, ResourceStore store, WorkHealth health)
{
    public async Task RunAsync(IServiceProvider services, CancellationToken stop)
    {
        var backoff = new Backoff();
        while (!stop.IsCancellationRequested)
        {
            try
            {
                var source = (IResourceSource)services.GetRequiredService(work.Type);
                bool isFirst = true;
                await foreach (SourceBatch batch in source.ReadAsync(stop))
                {
                    // Whatever it says of itself: what the last reading gave and this one does not is gone.
                    store.Apply(name, isFirst ? batch with { IsSnapshot = true } : batch);
                    isFirst = false;
                    backoff.Reset();
                    health.Recovered();
                }

                health.Failed("it ended without being asked to");
            }
            catch (Exception) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                health.Failed(ExceptionText.Line(failure), ExceptionText.Whole(failure));
            }

            await Task.Delay(backoff.Next(), stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
