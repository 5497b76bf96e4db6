using System.Runtime.CompilerServices;
using Calico.Agent.Api;
using Calico.Agent.Api.Contracts;
using Calico.Core.Plugins;
using Calico.Sdk;

namespace Calico.Agent.Hosting;

/// <summary>The commands of the plugins that run now.</summary>
/// <param name="running">Asked each time: plugins come and go.</param>
internal sealed class PluginCommands(Func<IReadOnlyList<PluginCommand>> running) : ICommandCatalog
{
    public IReadOnlyList<CommandDescriptor> List() =>
        [.. running().OrderBy(command => command.Name, StringComparer.Ordinal).Select(Describe)];

    public IAsyncEnumerable<ReadOnlyMemory<byte>>? Run(string name, IReadOnlyDictionary<string, string> options, CancellationToken cancellationToken)
    {
        PluginCommand? command = running().FirstOrDefault(command => command.Name == name);
        if (command is null)
        {
            return null;
        }

        try
        {
            return Translate(command.RunAsync(options, cancellationToken), cancellationToken);
        }
        catch (PluginCommandException refused)
        {
            throw Translate(refused);
        }
    }

    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> Translate(
        IAsyncEnumerable<ReadOnlyMemory<byte>> rows, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using IAsyncEnumerator<ReadOnlyMemory<byte>> row = rows.GetAsyncEnumerator(cancellationToken);
        while (await MoveNextAsync(row))
        {
            yield return row.Current;
        }
    }

    private static async ValueTask<bool> MoveNextAsync(IAsyncEnumerator<ReadOnlyMemory<byte>> row)
    {
        try
        {
            return await row.MoveNextAsync();
        }
        catch (PluginCommandException refused)
        {
            throw Translate(refused);
        }
    }

    private static CommandRefusedException Translate(PluginCommandException refused) => new(refused.Message, refused.IsInputError, refused.Detail);

    private static CommandDescriptor Describe(PluginCommand command) => new(
        command.Name, command.PluginId, command.Description, [.. command.Parameters.Select(Describe)], command.Columns);

    private static CommandOption Describe(CommandParameter parameter) => new(
        parameter.Name,
        parameter.Type switch
        {
            CommandParameterType.Flag => "flag",
            CommandParameterType.Number => "number",
            _ => "text",
        },
        parameter.Description,
        parameter.Default);
}
