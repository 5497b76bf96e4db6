using System.Globalization;
using Calico.Core.Chain.Declarations;
using Calico.Core.Plugins;

namespace Calico.Core.Runtime.Reports;

/// <summary>A plugin asked for.</summary>
/// <param name="Id">Its identity; the folder's name where it could not be read.</param>
/// <param name="Version">Its assembly's version.</param>
/// <param name="State"><c>running</c> or <c>refused</c>.</param>
/// <param name="Reason">Why it was refused.</param>
/// <param name="Folder">Where it comes from.</param>
/// <param name="Description">Its own words.</param>
/// <param name="Stages">Its stages.</param>
/// <param name="Commands">Its commands.</param>
public sealed record PluginReport(
    string Id,
    string? Version,
    string State,
    string? Reason,
    string Folder,
    string Description,
    IReadOnlyList<string> Stages,
    IReadOnlyList<string> Commands)
{
    /// <summary>Its options, and what they are now.</summary>
    public IReadOnlyList<OptionReport> Options { get; init; } = [];

    /// <summary>Its maps: name, kind and size.</summary>
    public IReadOnlyList<string> Maps { get; init; } = [];

    /// <summary>The fields that it keeps in every flow.</summary>
    public IReadOnlyList<string> FlowFields { get; init; } = [];

    /// <summary>The fields that its stages hand each other with a packet.</summary>
    public IReadOnlyList<string> PacketFields { get; init; } = [];

    /// <summary>Its reasons for dropping packets, and what they mean.</summary>
    public IReadOnlyList<string> DropReasons { get; init; } = [];

    /// <summary>The events that it sends to user space.</summary>
    public IReadOnlyList<string> Events { get; init; } = [];

    /// <summary>The plugins without which it does not run.</summary>
    public IReadOnlyList<string> Requires { get; init; } = [];

    /// <summary>A plugin that is loaded.</summary>
    /// <param name="plugin">The plugin.</param>
    /// <param name="state">What it is: <c>running</c>, or <c>installed</c> where no agent runs it.</param>
    public static PluginReport Of(LoadedPlugin plugin, string state)
    {
        ArgumentNullException.ThrowIfNull(plugin);
        PluginDeclaration declared = plugin.Declaration;
        return new PluginReport(
            plugin.Id, plugin.Version, state, null, plugin.Folder, plugin.Description,
            [.. declared.Stages.Select(stage => stage.Name)],
            [.. plugin.Commands.Select(command => command.Name)])
        {
            Options = [.. declared.Options.Select(option => new OptionReport(
                option.Name, option.Type, option.Value, option.Default, option.Range, option.Description))],
            Maps = [.. declared.Maps.Select(map => string.Create(CultureInfo.InvariantCulture, $"{map.Name} ({map.Kind}, {map.MaxEntries} entries)"))],
            FlowFields = [.. declared.FlowFields.Select(Field)],
            PacketFields = [.. declared.PacketFields.Select(Field)],
            DropReasons = [.. declared.DropReasons.Select(reason => $"{reason.Name}: {reason.Sentence}")],
            Events = [.. declared.Events.Select(stream => stream.Name)],
            Requires = declared.Requires,
        };
    }

    private static string Field(FieldDeclaration field) => string.Create(CultureInfo.InvariantCulture, $"{field.Name} ({field.Size} bytes)");
}

/// <summary>An option that a plugin offers.</summary>
/// <param name="Name">As the operator writes it.</param>
/// <param name="Type"><c>number</c>, <c>flag</c>, <c>text</c>, <c>duration</c>, <c>choice</c>, <c>network</c>, or <c>list of …</c>.</param>
/// <param name="Value">What it is now.</param>
/// <param name="Default">Its value where the operator gives none; null where he must give one.</param>
/// <param name="Range">What values it takes; empty for any of its type.</param>
/// <param name="Description">One sentence.</param>
public sealed record OptionReport(string Name, string Type, string Value, string? Default, string Range, string Description);
