using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Spectre.Console.Rendering;

namespace Calico.Agent.Rendering;

/// <summary>What a command found out: for programs, and for people.</summary>
/// <param name="Data">All of it.</param>
/// <param name="View">What a person wants to see of it, made only when it is shown.</param>
internal sealed record Answer(JsonElement Data, Func<IRenderable> View)
{
    public static Answer Of<T>(T value, JsonTypeInfo<T> type, Func<T, IRenderable> view) =>
        new(JsonSerializer.SerializeToElement(value, type), () => view(value));
}
