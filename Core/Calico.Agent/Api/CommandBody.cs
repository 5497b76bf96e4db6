using System.Text.Json;

namespace Calico.Agent.Api;

/// <summary>The options of a command in a request: a JSON object of texts, numbers and booleans; an empty body has none.</summary>
internal static class CommandBody
{
    private static readonly JsonDocumentOptions s_limits = new() { MaxDepth = 4 };

    /// <exception cref="CommandRefusedException">It is something else.</exception>
    public static async Task<IReadOnlyDictionary<string, string>> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, cancellationToken);
        var options = new Dictionary<string, string>(StringComparer.Ordinal);
        if (body.Length == 0)
        {
            return options;
        }

        using JsonDocument document = Parse(body);
        if (document.RootElement.ValueKind != JsonValueKind.Object)
        {
            throw new CommandRefusedException("The body must be a JSON object of options, such as {\"limit\": 10}.", isInputError: true);
        }

        foreach (JsonProperty option in document.RootElement.EnumerateObject())
        {
            if (option.Value.ValueKind != JsonValueKind.Null)
            {
                options[option.Name] = Text(option);
            }
        }

        return options;
    }

    private static JsonDocument Parse(MemoryStream body)
    {
        try
        {
            return JsonDocument.Parse(body.GetBuffer().AsMemory(0, (int)body.Length), s_limits);
        }
        catch (JsonException error)
        {
            throw new CommandRefusedException($"The body is not JSON: {error.Message}", isInputError: true);
        }
    }

    private static string Text(JsonProperty option) => option.Value.ValueKind switch
    {
        JsonValueKind.String => option.Value.GetString()!,
        JsonValueKind.Number => option.Value.GetRawText(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => throw new CommandRefusedException($"The option '{option.Name}' must be a text, a number, true or false.", isInputError: true),
    };
}
