using System.Text.Json;

namespace Calico.Agent.Api.Contracts;

/// <summary>The desired state: what is in force, and what is not.</summary>
internal sealed record ResourceListing(IReadOnlyList<HeldReport> Held, IReadOnlyList<RefusedReport> Refused);

/// <summary>A resource in force.</summary>
/// <param name="ApiVersion">Its kind's group and version.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Namespace">Null for a kind without namespaces.</param>
/// <param name="Name">Its name.</param>
/// <param name="Source">Where it was written, as <c>file:line</c>.</param>
/// <param name="IsLastGood">Whether what is written there now is refused, so that this older version stays in force.</param>
/// <param name="Warnings">What it says without effect, each as <c>file:line: field: reason</c>.</param>
/// <param name="Document">What was written; null where it was not asked for.</param>
internal sealed record HeldReport(
    string ApiVersion,
    string Kind,
    string? Namespace,
    string Name,
    string Source,
    bool IsLastGood,
    IReadOnlyList<string> Warnings,
    JsonElement? Document);

/// <summary>A document, or a whole file, that is not in force.</summary>
/// <param name="ApiVersion">Its kind's group and version; null where they could not be told.</param>
/// <param name="Kind">Its kind; null where it could not be told.</param>
/// <param name="Namespace">Its namespace, if it has one.</param>
/// <param name="Name">Its name; null where it could not be told.</param>
/// <param name="Source">Where it stands, as <c>file:line</c>.</param>
/// <param name="IsLastGoodInForce">Whether an older version stays in force.</param>
/// <param name="Problems">Why, each as <c>file:line: field: reason</c>.</param>
internal sealed record RefusedReport(
    string? ApiVersion, string? Kind, string? Namespace, string? Name, string Source, bool IsLastGoodInForce, IReadOnlyList<string> Problems);
