using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;
using Calico.Sdk;

namespace Acme.Obedient;

public sealed record EchoRow(string Text, long Number);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(EchoRow))]
internal sealed partial class EchoJson : JsonSerializerContext;

public sealed class Echo : ICommandHandler<EchoRow>
{
    public async IAsyncEnumerable<EchoRow> RunAsync(CommandInput input, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (long number = 1; number <= input.Number("times"); number++)
        {
            yield return new EchoRow(input.Text("text")!, number);
        }

        switch (input.Text("then"))
        {
            case "fail":
                throw new InvalidOperationException("I was told to");
            case "refuse":
                throw new CommandInputException("'--then refuse' should be anything else.");
            case "wait":
                await Task.Delay(Timeout.Infinite, cancellationToken);
                break;
            case "ignore-stop":
                await Task.Delay(Timeout.Infinite, CancellationToken.None);
                break;
            default:
                break;
        }
    }
}
