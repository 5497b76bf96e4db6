namespace Calico.Agent.Api.Contracts;

/// <summary>A plugin's command, as the command line offers it.</summary>
/// <param name="Name">The word on the command line.</param>
/// <param name="Plugin">Whose it is.</param>
/// <param name="Description">One sentence.</param>
/// <param name="Parameters">Its options.</param>
/// <param name="Columns">The members of its rows, in the order of a table.</param>
internal sealed record CommandDescriptor(
    string Name, string Plugin, string Description, IReadOnlyList<CommandOption> Parameters, IReadOnlyList<string> Columns);

/// <summary>An option of a plugin's command.</summary>
/// <param name="Name">The word after <c>--</c>.</param>
/// <param name="Type"><c>flag</c>, <c>text</c> or <c>number</c>.</param>
/// <param name="Description">One sentence.</param>
/// <param name="Default">What holds where it is not given.</param>
internal sealed record CommandOption(string Name, string Type, string Description, string? Default);
