using System.Text.Json.Serialization;

namespace Example.Embedder;

/// <summary>How flows are written, made at build time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(IEnumerable<FlowRow>))]
internal sealed partial class FlowJson : JsonSerializerContext;
