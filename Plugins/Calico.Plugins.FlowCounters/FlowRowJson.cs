using System.Text.Json.Serialization;

namespace Calico.Plugins.FlowCounters;

/// <summary>How rows become JSON: generated at build time, because reflection would keep the unloaded plugin in memory.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(FlowRow))]
internal sealed partial class FlowRowJson : JsonSerializerContext;
