using System.Text.Json;

namespace Calico.Sdk.Testing;

/// <content>What the plugins do beside the chain.</content>
public sealed partial class ChainUnderTest
{
    /// <summary>Takes the events that stages have told since the last call, the oldest first.</summary>
    /// <typeparam name="T">The layout of one event.</typeparam>
    /// <param name="stream">What <see cref="IPluginBuilder.Events"/> returned.</param>
    /// <exception cref="InvalidOperationException">No plugin of the chain declared it.</exception>
    public IReadOnlyList<T> Events<T>(EventStream<T> stream)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(stream);
        return (_plugins.FirstOrDefault(plugin => plugin.Id == stream.PluginId)
            ?? throw new InvalidOperationException($"No plugin of the chain has the event stream '{stream.Name}' of '{stream.PluginId}'.")).TakeEvents(stream);
    }

    /// <summary>Runs a plugin's command, as <c>calico NAME</c> would.</summary>
    /// <param name="name">The word on the command line.</param>
    /// <param name="options">Option name to text; a flag is <c>true</c>.</param>
    /// <returns>The rows: JSON objects, as the agent's API shows them.</returns>
    /// <exception cref="InvalidOperationException">No plugin of the chain has such a command.</exception>
    /// <exception cref="Core.Plugins.PluginCommandException">The options are wrong, or the command failed; the message is what an operator would read.</exception>
    public async Task<IReadOnlyList<JsonElement>> RunAsync(string name, params (string Name, string Value)[] options)
    {
        var command = _plugins.SelectMany(plugin => plugin.Commands).FirstOrDefault(command => command.Name == name)
            ?? throw new InvalidOperationException(
                $"No plugin of the chain has the command '{name}'. There are: {string.Join(", ", _plugins.SelectMany(plugin => plugin.Commands).Select(command => command.Name))}.");
        List<JsonElement> rows = [];
        await foreach (var row in command.RunAsync(options.ToDictionary(option => option.Name, option => option.Value, StringComparer.Ordinal)).ConfigureAwait(false))
        {
            using var json = JsonDocument.Parse(row);
            rows.Add(json.RootElement.Clone());
        }

        return rows;
    }
}
