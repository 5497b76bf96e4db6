using System.Text.Json;
using System.Text.Json.Serialization;
using Calico.Core.Chain.Planning;

namespace Calico.Core.Chain;

/// <summary>
/// What belongs to names across generations, so that a flow made by one generation is read by the next. Immutable;
/// the caller keeps it (pinned or in a file) and hands it to the next plan.
/// </summary>
public sealed record ChainRecord
{
    /// <summary>Of a node that has never had a chain.</summary>
    public static ChainRecord Empty { get; } = new();

    /// <summary>The format; another one is refused.</summary>
    [JsonRequired]
    public int Version { get; init; } = 1;

    /// <summary>The plugins of the generation: where two can't live together, the one that is new gives way.</summary>
    [JsonRequired]
    public IReadOnlyList<string> Plugins { get; init; } = [];

    /// <summary>On-demand stages and their bits.</summary>
    [JsonRequired]
    public IReadOnlyList<NumberReservation> StageBits { get; init; } = [];

    /// <summary>Flow fields and their places.</summary>
    [JsonRequired]
    public IReadOnlyList<FieldReservation> FlowFields { get; init; } = [];

    /// <summary>The plugins' drop reasons and their numbers; the spine's are fixed.</summary>
    [JsonRequired]
    public IReadOnlyList<NumberReservation> DropReasons { get; init; } = [];

    /// <summary>The stages' numbers in traces.</summary>
    public IReadOnlyList<NumberReservation> StageNumbers { get; init; } = [];

    /// <summary>The plugins' trace notes and their numbers.</summary>
    public IReadOnlyList<NumberReservation> TraceNotes { get; init; } = [];

    public string ToJson() => JsonSerializer.Serialize(this, ChainRecordJson.Default.ChainRecord);

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <exception cref="FormatException">It is damaged or of another version.</exception>
    public static ChainRecord FromJson(string json)
    {
        ChainRecord? record;
        try
        {
            record = JsonSerializer.Deserialize(json, ChainRecordJson.Default.ChainRecord);
        }
        catch (JsonException e)
        {
            throw new FormatException($"The chain record is not JSON of the expected shape: {e.Message}", e);
        }

        string? damage = record is null ? "it is null" : RecordCheck.FindDamage(record);
        return damage is null
            ? record!
            : throw new FormatException($"The chain record cannot be used: {damage}. Remove it to start afresh; flows of the running generation must then be decided again.");
    }
}

/// <summary>A bit or a number that belongs to a name.</summary>
public sealed record NumberReservation(string Name, int Number);

/// <summary>Bytes that belong to a field's name. A field that changed its size has a reservation for each.</summary>
/// <param name="Name">The field's name in C, which has its plugin's id in it.</param>
/// <param name="Offset">Bytes from the start of all plugins' fields.</param>
/// <param name="Size">Bytes.</param>
public sealed record FieldReservation(string Name, int Offset, int Size)
{
    [JsonIgnore]
    public int End => Offset + Size;
}

/// <summary>A reservation of a name no longer in use that had to make room.</summary>
/// <param name="What"><c>stage bit</c>, <c>flow field</c> or <c>drop reason</c>.</param>
/// <param name="Name">Whose it was.</param>
/// <param name="NewOwner">Who has its room now.</param>
public sealed record ReclaimedReservation(string What, string Name, string NewOwner)
{
    public override string ToString() => $"The {What} of {Name}, which is no longer installed, was given to {NewOwner}.";
}

[JsonSourceGenerationOptions(
    WriteIndented = true,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ChainRecord))]
internal sealed partial class ChainRecordJson : JsonSerializerContext;
