namespace Calico.Core.Plugins;

/// <summary>What was looked at in a plugin, without a kernel and without an agent, and how it went.</summary>
/// <param name="Id">The plugin; null where that could not be read.</param>
/// <param name="Version">Its version; null where that could not be read.</param>
/// <param name="Folder">Where it was looked at.</param>
/// <param name="Steps">The steps, in order, up to the first that failed.</param>
/// <param name="Notes">What is no fault of the plugin, and should be known.</param>
public sealed record VerificationReport(
    string? Id, string? Version, string Folder, IReadOnlyList<VerificationStep> Steps, IReadOnlyList<string> Notes)
{
    /// <summary>Whether no step failed.</summary>
    public bool IsGood => Steps.All(step => step.Outcome != VerificationStep.Failed);
}

/// <summary>A step of a verification.</summary>
/// <param name="Name"><c>files</c>, <c>contract</c>, <c>declarations</c>, <c>plan</c>, <c>render</c> or <c>compile</c>.</param>
/// <param name="Outcome"><see cref="Good"/>, <see cref="Failed"/> or <see cref="Skipped"/>.</param>
/// <param name="Sentence">What was found.</param>
public sealed record VerificationStep(string Name, string Outcome, string Sentence)
{
    /// <summary>All is well.</summary>
    public const string Good = "good";

    /// <summary>The plugin cannot be used.</summary>
    public const string Failed = "failed";

    /// <summary>Not looked at, for a reason of this machine's.</summary>
    public const string Skipped = "skipped";
}
