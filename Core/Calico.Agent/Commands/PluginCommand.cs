using System.CommandLine;
using Calico.Agent.Api;
using Calico.Agent.CommandLine;
using Calico.Agent.Rendering;
using Calico.Core.Runtime.Reports;

namespace Calico.Agent.Commands;

/// <summary><c>calico plugin list</c>.</summary>
internal static class PluginCommand
{
    private static readonly Column<PluginReport>[] s_columns =
    [
        new("ID", row => row.Id),
        new("VERSION", row => Cell.Of(row.Version)),
        new("STATE", row => row.State),
        new("STAGES", row => Cell.Of(row.Stages)),
        new("COMMANDS", row => Cell.Of(row.Commands)),
        new("FOLDER", row => row.Folder),
        new("DESCRIPTION", row => row.Reason ?? row.Description),
    ];

    public static Command Create(CommandContext context) => new("plugin", "The plugins that the configuration asks for.")
    {
        context.Ask("list", "Lists them: running, or refused and why.", async (agent, _, cancellation) => Answer.Of(
            await agent.GetAsync("v1/plugins", ApiJson.Default.IReadOnlyListPluginReport, cancellation),
            ApiJson.Default.IReadOnlyListPluginReport,
            rows => TableView.Of(s_columns, rows))),
    };
}
