using Calico.Sdk;
using Calico.Sdk.Resources;

namespace Acme.Desired;

/// <summary>Writes down what it is told, and behaves as badly as it is told to.</summary>
public sealed class WishReconciler(Journal journal, Behaviour behaviour, JournalGauge gauge) : IReconciler
{
    private readonly JournalGauge _gauge = gauge;

    private int _calls;
    private int _inside;

    public async Task ReconcileAsync(ResourceBatch batch, CancellationToken cancellationToken)
    {
        if (Interlocked.Increment(ref _inside) != 1)
        {
            journal.Write("two rounds at once");
        }

        try
        {
            await RunAsync(batch, cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _inside);
        }
    }

    private async Task RunAsync(ResourceBatch batch, CancellationToken cancellationToken)
    {
        int call = Interlocked.Increment(ref _calls);
        string wishes = string.Join(' ', batch.Of<Wish>()
            .OrderBy(change => change.Key.Name, StringComparer.Ordinal)
            .Select(change => $"{change.Kind}:{change.Key.Name}={change.New?.Value}"));
        string all = string.Join(' ', batch.Resources.All<Wish>().Select(wish => wish.Metadata.Name).Order(StringComparer.Ordinal));
        string nodes = string.Join(' ', batch.Resources.All<Node>().Select(node => node.Metadata.Name).Order(StringComparer.Ordinal));
        journal.Write($"{(batch.IsInitial ? "all" : "changes")}[{wishes}] wishes[{all}] nodes[{nodes}]");
        switch (behaviour.Reconcile)
        {
            case "throw-once" when call == 1:
                throw new InvalidOperationException("I was told to");
            case "throw-always":
                throw new InvalidOperationException("I was told to");
            case "hang":
                await Task.Delay(Timeout.Infinite, CancellationToken.None);
                break;
            case "wait":
                await Task.Delay(Timeout.Infinite, cancellationToken);
                break;
            case "throw-at-stop":
                cancellationToken.WaitHandle.WaitOne();
                throw new InvalidOperationException("I do not like to stop");
            default:
                break;
        }
    }
}
