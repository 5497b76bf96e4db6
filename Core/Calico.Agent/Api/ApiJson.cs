using System.Text.Json;
using System.Text.Json.Serialization;
using Calico.Agent.Api.Contracts;
using Calico.Core.Runtime.Reports;

namespace Calico.Agent.Api;

/// <summary>How the API's objects become JSON, on both sides; generated at build time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(StatusReport))]
[JsonSerializable(typeof(ReloadReport))]
[JsonSerializable(typeof(IReadOnlyList<InterfaceReport>))]
[JsonSerializable(typeof(IReadOnlyList<ChainReport>))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
[JsonSerializable(typeof(IReadOnlyList<DropReport>))]
[JsonSerializable(typeof(IReadOnlyList<MissedCallReport>))]
[JsonSerializable(typeof(IReadOnlyList<PluginReport>))]
[JsonSerializable(typeof(ResourceListing))]
[JsonSerializable(typeof(IReadOnlyList<CommandDescriptor>))]
[JsonSerializable(typeof(AgentVersion))]
[JsonSerializable(typeof(VersionListing))]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(RowsEnd))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, string>))]
[JsonSerializable(typeof(IReadOnlyList<JsonElement>))]
internal sealed partial class ApiJson : JsonSerializerContext;
