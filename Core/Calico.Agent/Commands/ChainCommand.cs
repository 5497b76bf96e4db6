using System.CommandLine;
using Calico.Agent.Api;
using Calico.Agent.CommandLine;
using Calico.Agent.Rendering;
using Calico.Core.Runtime.Reports;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Calico.Agent.Commands;

/// <summary><c>calico chain show</c> and <c>calico chain explain</c>.</summary>
internal static class ChainCommand
{
    private static readonly Column<ProgramReport>[] s_columns =
    [
        new("SLOT", row => row.Slot is { } slot ? Cell.Of(slot) : Cell.Nothing, IsNumber: true),
        new("PROGRAM", row => row.Name),
        new("IP", row => row.Family == 0 ? "any" : Cell.Of(row.Family)),
        new("ROLE", row => row.Role),
        new("PHASE", row => Cell.Of(row.Phase)),
        new("OWNER", row => row.Owner),
        new("INLINE", row => Cell.Of(row.InlineStages)),
        new("NEXT", row => Cell.Of(row.Next)),
        new("ID", row => Cell.Of(row.Id), IsNumber: true),
        new("INSTRUCTIONS", row => Cell.Of(row.Instructions), IsNumber: true),
        new("MACHINE CODE", row => Cell.Of(row.JitedBytes), IsNumber: true),
        new("VERIFIED", row => Cell.Of(row.VerifiedInstructions), IsNumber: true),
        new("TEMPLATE", row => row.Template),
    ];

    public static Command Create(CommandContext context) => new("chain", "The chains of programs that packets go through.")
    {
        Show(context),
        Explain(context),
    };

    private static Command Show(CommandContext context)
    {
        var name = new Argument<string>("INTERFACE") { Description = "The interface's name." };
        Command command = context.Ask("show", "The programs of each hook of an interface.", async (agent, parsed, cancellation) => Answer.Of(
            await agent.GetAsync($"v1/chains/{Uri.EscapeDataString(parsed.GetRequiredValue(name))}", ApiJson.Default.IReadOnlyListChainReport, cancellation),
            ApiJson.Default.IReadOnlyListChainReport,
            View));
        command.Add(name);
        return command;
    }

    private static Command Explain(CommandContext context)
    {
        var hook = new Argument<string>("HOOK") { Description = "The hook, such as workload-ingress." };
        Command command = context.Ask("explain", "Why each stage of a hook stands where it stands.", async (agent, parsed, cancellation) => Answer.Of(
            await agent.GetAsync($"v1/explain/{Uri.EscapeDataString(parsed.GetRequiredValue(hook))}", ApiJson.Default.IReadOnlyListString, cancellation),
            ApiJson.Default.IReadOnlyListString,
            sentences => new Rows(sentences.Select(sentence => new Text(sentence)))));
        command.Add(hook);
        return command;
    }

    private static Rows View(IReadOnlyList<ChainReport> chains) =>
        new(chains.SelectMany((chain, index) => Section(chain, isFirst: index == 0)));

    private static IEnumerable<IRenderable> Section(ChainReport chain, bool isFirst)
    {
        if (!isFirst)
        {
            yield return Text.Empty;
        }

        yield return new Text(chain.Hook, new Style(decoration: Decoration.Bold));
        yield return TableView.Of(s_columns, chain.Programs);
    }
}
