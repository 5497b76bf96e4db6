using System.CommandLine;
using Calico.Agent.Api;
using Calico.Agent.Api.Contracts;
using Calico.Agent.Client;
using Calico.Agent.CommandLine;
using Calico.Agent.Rendering;
using Microsoft.AspNetCore.Http.Extensions;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Calico.Agent.Commands;

/// <summary><c>calico get [KIND] [NAME]</c>: the desired state as the agent holds it.</summary>
internal static class GetCommand
{
    private static readonly Column<HeldReport>[] s_held =
    [
        new("KIND", row => row.Kind),
        new("NAMESPACE", row => Cell.Of(row.Namespace)),
        new("NAME", row => row.Name),
        new("STATE", row => row.IsLastGood ? "last good version" : "in force"),
        new("SOURCE", row => row.Source),
    ];

    private static readonly Column<RefusedReport>[] s_refused =
    [
        new("REFUSED", row => row.Kind ?? "a document"),
        new("NAMESPACE", row => Cell.Of(row.Namespace)),
        new("NAME", row => Cell.Of(row.Name)),
        new("IN FORCE INSTEAD", row => row.IsLastGoodInForce ? "last good version" : "nothing"),
        new("SOURCE", row => row.Source),
    ];

    public static Command Create(CommandContext context)
    {
        var kind = new Argument<string?>("KIND") { Description = "The kind, such as WorkloadEndpoint; all if left out.", Arity = ArgumentArity.ZeroOrOne };
        var name = new Argument<string?>("NAME") { Description = "The name; all of the kind if left out.", Arity = ArgumentArity.ZeroOrOne };
        var space = new Option<string?>("--namespace", "-n") { Description = "Only of this namespace.", HelpName = "NAME" };
        var command = new Command("get", "Resources in force, and those refused and why. Exits with 1 if a NAME is not in force.") { kind, name, space, context.Format };
        command.SetAction(async (parsed, cancellation) =>
        {
            string? wanted = parsed.GetValue(name);
            bool isTable = parsed.GetValue(context.Format) == OutputFormat.Table;
            var query = new QueryBuilder();
            AddIfGiven(query, "kind", parsed.GetValue(kind));
            AddIfGiven(query, "name", wanted);
            AddIfGiven(query, "namespace", parsed.GetValue(space));
            AddIfGiven(query, "documents", isTable ? null : "true");

            using AgentClient agent = context.Connect(parsed);
            ResourceListing listing = await agent.GetAsync($"v1/resources{query}", ApiJson.Default.ResourceListing, cancellation);
            context.Writer(parsed).Write(Answer.Of(listing, ApiJson.Default.ResourceListing, View));
            return wanted is not null && listing.Held.Count == 0
                ? throw new CommandFailure(ExitCodes.Failure, $"No {parsed.GetValue(kind)} '{wanted}' is in force.")
                : ExitCodes.Success;
        });
        return command;
    }

    private static void AddIfGiven(QueryBuilder query, string name, string? value)
    {
        if (value is not null)
        {
            query.Add(name, value);
        }
    }

    private static Rows View(ResourceListing listing)
    {
        var parts = new List<IRenderable>();
        if (listing.Held.Count > 0)
        {
            parts.Add(TableView.Of(s_held, listing.Held));
            parts.AddRange(listing.Held.SelectMany(held => held.Warnings).Select(warning => new Text($"warning: {warning}")));
        }

        if (listing.Refused.Count > 0)
        {
            if (parts.Count > 0)
            {
                parts.Add(Text.Empty);
            }

            parts.Add(TableView.Of(s_refused, listing.Refused));
            parts.AddRange(listing.Refused.SelectMany(refused => refused.Problems).Select(problem => new Text(problem)));
        }

        return new Rows(parts.Count > 0 ? parts : [new Text("No resources.")]);
    }
}
