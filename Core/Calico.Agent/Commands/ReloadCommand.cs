using System.CommandLine;
using System.Globalization;
using Calico.Agent.Api;
using Calico.Agent.Client;
using Calico.Agent.CommandLine;
using Calico.Agent.Rendering;
using Calico.Core.Runtime.Reports;
using Spectre.Console.Rendering;

namespace Calico.Agent.Commands;

/// <summary><c>calico reload</c>: the configuration's plugins, their options and templates, read again under traffic.</summary>
internal static class ReloadCommand
{
    // Compiling on a busy machine, and a plugin that takes its time to stop.
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    public static Command Create(CommandContext context)
    {
        var watch = new Option<double?>("--watch")
        {
            Description = "Watch the counters for this long after the swap, and swap back at the first missed call. Without it: 0.05.",
            HelpName = "SECONDS",
            Validators =
            {
                result =>
                {
                    if (!result.Errors.Any() && result.GetValueOrDefault<double?>() is < 0 or > ReloadBody.LongestWatch)
                    {
                        result.AddError($"--watch must be from 0 to {ReloadBody.LongestWatch} seconds.");
                    }
                },
            },
        };
        var without = new Option<bool>("--without-refused") { Description = "Leave out plugins that are refused. Without it, one that is refused keeps everything as it was." };
        var command = new Command("reload", "Reads the configuration's plugins again and puts them in force, under traffic. Exits with 1 if everything stays as it was.")
        {
            watch, without, context.Format,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var body = new Dictionary<string, string>();
            if (parsed.GetValue(watch) is { } seconds)
            {
                body.Add(ReloadBody.Watch, seconds.ToString(CultureInfo.InvariantCulture));
            }

            if (parsed.GetValue(without))
            {
                body.Add(ReloadBody.WithoutRefused, "true");
            }

            using AgentClient agent = context.Connect(parsed);
            ReloadReport report = await agent.PostAsync(
                "v1/reload", body, ApiJson.Default.ReloadReport, Patience + TimeSpan.FromSeconds(parsed.GetValue(watch) ?? 0), cancellation);
            context.Writer(parsed).Write(Answer.Of(report, ApiJson.Default.ReloadReport, View));
            return report.Outcome == ReloadReport.Reloaded ? ExitCodes.Success : ExitCodes.Failure;
        });
        return command;
    }

    /// <summary>A reload in one line.</summary>
    public static string InOneLine(ReloadReport report) => string.Create(
        CultureInfo.InvariantCulture,
        $"{report.Outcome}, generation {report.GenerationBefore} -> {report.GenerationAfter}, {report.Milliseconds:F0} ms, {Cell.Of((DateTimeOffset?)report.At)}");

    private static IRenderable View(ReloadReport report) => TableView.Of(
    [
        ("Outcome", InOneLine(report)),
        .. report.Reasons.Select(reason => ("Reason", reason)),
        .. report.Plugins.Select(plugin => ("Plugin", $"{plugin.Id} {Version(plugin)}")),
        ("Steps", Cell.Of(report.Steps.Select(step => string.Create(CultureInfo.InvariantCulture, $"{step.Name} {step.Milliseconds:F1} ms")))),
        ("In memory", $"{report.PluginContexts} plugin assemblies"),
        .. report.Notes.Select(note => ("Note", note)),
    ]);

    private static string Version(PluginChange plugin) => (plugin.Before, plugin.After) switch
    {
        (null, { } after) => $"{after} (new)",
        ({ } before, null) => $"{before} (gone)",
        var (before, after) => before == after ? $"{after}" : $"{before} -> {after}",
    };
}
