using System.Text.Json;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.Serialization;

namespace Calico.Agent.Rendering;

/// <summary>JSON as YAML.</summary>
internal static class YamlText
{
    private static readonly ISerializer s_serializer = new SerializerBuilder()
        .WithQuotingNecessaryStrings(quoteYaml1_1Strings: true)
        .WithIndentedSequences()
        .DisableAliases()
        .WithTypeConverter(new WrittenNull())
        .Build();

    public static string Of(JsonElement value) => s_serializer.Serialize(Plain(value));

    private static object Plain(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().ToDictionary(member => member.Name, member => Plain(member.Value)),
        JsonValueKind.Array => value.EnumerateArray().Select(Plain).ToList(),
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number when value.TryGetInt64(out long number) => number,
        JsonValueKind.Number when value.TryGetUInt64(out ulong number) => number,
        JsonValueKind.Number => value.GetDouble(),
        _ => WrittenNull.Value,
    };

    /// <summary>Null in letters: YamlDotNet leaves nothing but a space at the line's end, which reads like a mistake.</summary>
    private sealed class WrittenNull : IYamlTypeConverter
    {
        public static WrittenNull Value { get; } = new();

        public bool Accepts(Type type) => type == typeof(WrittenNull);

        public object? ReadYaml(IParser parser, Type type, ObjectDeserializer rootDeserializer) => throw new NotSupportedException("YAML is only written here.");

        public void WriteYaml(IEmitter emitter, object? value, Type type, ObjectSerializer serializer) => emitter.Emit(new Scalar("null"));
    }
}
