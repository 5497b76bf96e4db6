namespace Calico.Sdk;

/// <summary>An option of a plugin's command.</summary>
/// <param name="Name">The word after <c>--</c>.</param>
/// <param name="Type">What it takes.</param>
/// <param name="Description">One sentence for the help.</param>
/// <param name="Default">Its value where it is not given; null = absent.</param>
public sealed record CommandParameter(string Name, CommandParameterType Type, string Description, string? Default = null);
