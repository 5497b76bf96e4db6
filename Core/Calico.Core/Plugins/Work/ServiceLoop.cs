using Calico.Sdk;
using Microsoft.Extensions.DependencyInjection;

namespace Calico.Core.Plugins;

/// <summary>Runs one background service, and runs it again when it fails.</summary>
internal sealed class ServiceLoop(WorkDeclaration work, WorkHealth health)
{
    private static readonly TimeSpan s_steady = TimeSpan.FromMinutes(1);

    public async Task RunAsync(IServiceProvider services, CancellationToken stop)
    {
        var backoff = new Backoff();
        while (!stop.IsCancellationRequested)
        {
            using var steady = CancellationTokenSource.CreateLinkedTokenSource(stop);
            try
            {
                Task running = ((IPluginService)services.GetRequiredService(work.Type)).RunAsync(stop);
                if (health.Problem is not null && await Task.WhenAny(running, Task.Delay(s_steady, steady.Token)) != running)
                {
                    health.Recovered();
                    backoff.Reset();
                }

                await running;
                health.Recovered();
                return;
            }
            catch (Exception) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                health.Failed(ExceptionText.Line(failure), ExceptionText.Whole(failure));
            }
            finally
            {
                await steady.CancelAsync();
            }

            await Task.Delay(backoff.Next(), stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
