using System.Text.Json.Serialization;
using Calico.Core.Plugins;
using Calico.Core.Runtime.Reports;

namespace Calico.Agent.Commands.Plugins;

/// <summary>How the answers of <c>calico plugin</c> become JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(IReadOnlyList<StoredPlugin>))]
[JsonSerializable(typeof(VerificationReport))]
[JsonSerializable(typeof(PluginDetail))]
[JsonSerializable(typeof(StoreChange))]
internal sealed partial class PluginJson : JsonSerializerContext;

/// <summary>All that is known of a plugin.</summary>
/// <param name="Plugin">What it declares; null where it can neither be asked nor loaded.</param>
/// <param name="Installed">Its versions in the store.</param>
internal sealed record PluginDetail(PluginReport? Plugin, IReadOnlyList<StoredPlugin> Installed);

/// <summary>What a command changed.</summary>
/// <param name="Id">The plugin.</param>
/// <param name="Version">The version that is active now; null = none.</param>
/// <param name="Before">The version that was active before; null = none.</param>
/// <param name="Done">What was done, a sentence each.</param>
internal sealed record StoreChange(string Id, string? Version, string? Before, IReadOnlyList<string> Done);
