using System.Text;
using Calico.Core.Plugins;

namespace Calico.Core.Tests.Plugins;

internal static class Commands
{
    public static async Task<List<string>> RunToEnd(PluginCommand command, params (string Name, string Value)[] options)
    {
        var rows = new List<string>();
        await foreach (ReadOnlyMemory<byte> row in command.RunAsync(options.ToDictionary(option => option.Name, option => option.Value)))
        {
            rows.Add(Encoding.UTF8.GetString(row.Span));
        }

        return rows;
    }
}
