using System.Runtime.CompilerServices;
using Calico.Sdk.Resources;

namespace Acme.Desired;

/// <summary>Gives the text that it is told to, a wish after each slash.</summary>
public sealed class WishSource(IDocumentReader documents, Behaviour behaviour) : IResourceSource
{
    private int _readings;

    public async IAsyncEnumerable<SourceBatch> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (behaviour.Text == "throw-once" && Interlocked.Increment(ref _readings) == 1)
        {
            throw new InvalidOperationException("the cluster is away");
        }

        yield return new SourceBatch(true, [.. behaviour.Text!.Split('/').Select(value => documents.Read(
            $"acme:{value}",
            value == "unreadable" ? "{ no: end" : $"apiVersion: acme.example/v1\nkind: Wish\nmetadata: {{ name: {value} }}\nspec:\n  {(value == "wrong" ? "velue" : "value")}: {value}\n"))]);
        await Task.Delay(Timeout.Infinite, cancellationToken);
    }
}
