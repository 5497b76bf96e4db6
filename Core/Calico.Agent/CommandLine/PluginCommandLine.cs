using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Calico.Agent.Api;
using Calico.Agent.Api.Contracts;
using Calico.Agent.Client;
using Calico.Agent.Rendering;
using Spectre.Console.Rendering;

namespace Calico.Agent.CommandLine;

/// <summary>Makes a command of what an agent says about a plugin's command.</summary>
internal static class PluginCommandLine
{
    public static Command Create(CommandContext context, CommandDescriptor descriptor)
    {
        List<(string Name, Option Option, Func<ParseResult, string?> Read)> options = [.. descriptor.Parameters.Select(OptionOf)];
        Command command = context.AskOrWatch(
            descriptor.Name,
            $"{descriptor.Description} (plugin {descriptor.Plugin})",
            async (agent, parsed, cancellation) => await RunAsync(agent, descriptor, Given(options, parsed), cancellation));
        foreach ((string _, Option option, _) in options)
        {
            // Where a plugin has an option of our name, its meaning goes before ours.
            if (command.Options.FirstOrDefault(own => own.Name == option.Name) is { } ours)
            {
                command.Options.Remove(ours);
            }

            command.Add(option);
        }

        return command;
    }

    private static async Task<Answer> RunAsync(
        AgentClient agent, CommandDescriptor descriptor, Dictionary<string, string> options, CancellationToken cancellationToken)
    {
        var rows = new List<JsonElement>();
        await foreach (JsonElement row in agent.RunAsync(descriptor.Name, options, cancellationToken))
        {
            rows.Add(row);
        }

        return Answer.Of<IReadOnlyList<JsonElement>>(rows, ApiJson.Default.IReadOnlyListJsonElement, all => View(descriptor.Columns, all));
    }

    private static IRenderable View(IReadOnlyList<string> names, IReadOnlyList<JsonElement> rows)
    {
        Column<JsonElement>[] columns = [.. names.Select(name => new Column<JsonElement>(
            Heading.Of(name),
            row => row.TryGetProperty(name, out JsonElement value) ? Cell.Of(value) : Cell.Nothing,
            IsNumber: rows.Any(row => Kind(row, name) is JsonValueKind.Number)))];
        return TableView.Of(columns, rows);
    }

    private static JsonValueKind Kind(JsonElement row, string name) =>
        row.TryGetProperty(name, out JsonElement value) ? value.ValueKind : JsonValueKind.Undefined;

    private static Dictionary<string, string> Given(
        IEnumerable<(string Name, Option Option, Func<ParseResult, string?> Read)> options, ParseResult parsed) =>
        options.Select(option => (option.Name, Value: option.Read(parsed)))
            .Where(option => option.Value is not null)
            .ToDictionary(option => option.Name, option => option.Value!, StringComparer.Ordinal);

    private static (string Name, Option Option, Func<ParseResult, string?> Read) OptionOf(CommandOption parameter)
    {
        string description = parameter.Default is null ? parameter.Description : $"{parameter.Description} [default: {parameter.Default}]";
        string word = "--" + parameter.Name;
        switch (parameter.Type)
        {
            case "flag":
                var flag = new Option<bool>(word) { Description = description };
                return (parameter.Name, flag, parsed => parsed.GetResult(flag) is { Implicit: false } ? parsed.GetValue(flag) ? "true" : "false" : null);
            case "number":
                var number = new Option<long?>(word) { Description = description, HelpName = "N", CustomParser = Parsing.Whole };
                return (parameter.Name, number, parsed => parsed.GetValue(number)?.ToString(CultureInfo.InvariantCulture));
            default:
                var text = new Option<string?>(word) { Description = description, HelpName = "TEXT" };
                return (parameter.Name, text, parsed => parsed.GetValue(text));
        }
    }
}
