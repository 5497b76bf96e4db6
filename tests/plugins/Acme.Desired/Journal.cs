using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;
using Calico.Sdk;

namespace Acme.Desired;

/// <summary>What happened to the plugin, for tests to read.</summary>
public sealed class Journal
{
    private readonly ConcurrentQueue<string> _lines = [];

    public IEnumerable<string> Lines => _lines;

    public int Count(string line) => _lines.Count(known => known == line);

    public void Write(string line) => _lines.Enqueue(line);
}

public sealed record JournalRow(string Line);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(JournalRow))]
[JsonSerializable(typeof(JournalRow[]))]
internal sealed partial class JournalJson : JsonSerializerContext;

public sealed class ReadJournal(Journal journal) : ICommandHandler<JournalRow>
{
    public async IAsyncEnumerable<JournalRow> RunAsync(CommandInput input, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (string line in journal.Lines)
        {
            yield return new JournalRow(line);
        }

        await Task.CompletedTask;
    }
}
