using Calico.Sdk;

namespace Acme.Desired;

/// <summary>Runs until it is stopped, or as it is told.</summary>
public sealed class WishService(Journal journal, Behaviour behaviour) : IPluginService
{
    private int _calls;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        journal.Write("service started");
        int call = Interlocked.Increment(ref _calls);
        switch (behaviour.Serve)
        {
            case "end":
                return;
            case "throw-once" when call == 1:
            case "throw-always":
                throw new InvalidOperationException("I am of no service");
            case "throw-once":
                return;
            default:
                await Task.Delay(Timeout.Infinite, cancellationToken);
                break;
        }
    }
}
