using System.Text.Json.Serialization;

namespace Example.XdpBlocklist;

/// <summary>One line of <c>calico blocklist</c>.</summary>
/// <param name="Part">Which part of the list.</param>
/// <param name="Entries">How much is in force.</param>
/// <param name="Dropped">Packets that it stopped.</param>
/// <param name="Loaded">When the file was read.</param>
/// <param name="BadLines">Lines of the file that could not be read.</param>
public sealed record BlocklistRow(string Part, long Entries, ulong Dropped, DateTimeOffset? Loaded, long BadLines);

/// <summary>One line of <c>calico blocklist-problems</c>.</summary>
/// <param name="Line">Where it stands in the file.</param>
/// <param name="Text">What was written.</param>
/// <param name="Reason">What is wrong with it.</param>
public sealed record BadLineRow(long Line, string Text, string Reason);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(BlocklistRow))]
[JsonSerializable(typeof(BadLineRow))]
internal sealed partial class BlocklistJson : JsonSerializerContext;
