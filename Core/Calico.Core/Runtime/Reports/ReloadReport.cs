namespace Calico.Core.Runtime.Reports;

/// <summary>How a reload went.</summary>
/// <param name="Outcome"><c>reloaded</c>; <c>refused</c>: nothing was swapped; <c>rolled-back</c>: swapped, and swapped back.</param>
/// <param name="At">When it began.</param>
/// <param name="GenerationBefore">The generation that was in force.</param>
/// <param name="GenerationAfter">The one that is in force now.</param>
/// <param name="Plugins">Each plugin's version before and now.</param>
/// <param name="Steps">How long each step took.</param>
/// <param name="Milliseconds">How long the whole took, the unloading of the old plugins included.</param>
/// <param name="PluginContexts">Plugin assemblies in memory when it ended: the running ones, and old ones that are not collected yet.</param>
/// <param name="Reasons">Why it was refused or rolled back, a sentence each; empty where it was not.</param>
/// <param name="Notes">What else there is to know, a sentence each.</param>
public sealed record ReloadReport(
    string Outcome,
    DateTimeOffset At,
    int GenerationBefore,
    int GenerationAfter,
    IReadOnlyList<PluginChange> Plugins,
    IReadOnlyList<ReloadStep> Steps,
    double Milliseconds,
    int PluginContexts,
    IReadOnlyList<string> Reasons,
    IReadOnlyList<string> Notes)
{
    /// <summary>The <see cref="Outcome"/> where the new generation is in force.</summary>
    public const string Reloaded = "reloaded";

    /// <summary>The <see cref="Outcome"/> where nothing was swapped.</summary>
    public const string Refused = "refused";

    /// <summary>The <see cref="Outcome"/> where the old generation was put back.</summary>
    public const string RolledBack = "rolled-back";
}

/// <summary>A plugin before and after a reload.</summary>
/// <param name="Id">Its identity.</param>
/// <param name="Before">Its version before; null where it did not run.</param>
/// <param name="After">Its version now; null where it does not run.</param>
public sealed record PluginChange(string Id, string? Before, string? After);

/// <summary>One step of a reload.</summary>
/// <param name="Name">What was done: <c>load</c>, <c>plan</c>, <c>render</c>, <c>compile</c>, <c>verify</c>, <c>preflight</c>, <c>prepare</c>, <c>swap</c>, <c>watch</c>, <c>retire</c>, <c>unload</c>, <c>begin</c>; <c>undo</c> where it failed.</param>
/// <param name="Milliseconds">How long it took.</param>
public sealed record ReloadStep(string Name, double Milliseconds);
