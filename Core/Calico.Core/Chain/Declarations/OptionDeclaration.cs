namespace Calico.Core.Chain.Declarations;

/// <summary>An option that a plugin offers, in words: for listings.</summary>
/// <param name="Name">As the operator writes it.</param>
/// <param name="Type">What its value is: <c>number</c>, <c>flag</c>, <c>text</c>, <c>duration</c>, <c>choice</c>, <c>network</c>, or <c>list of …</c>.</param>
/// <param name="Default">Its value where the operator gives none; null where he must give one, empty where nothing is a value.</param>
/// <param name="Description">One sentence.</param>
/// <param name="Range">What values it takes, such as <c>1..65535</c> or <c>drop, pass</c>; empty for any of its type.</param>
/// <param name="Value">What it is now.</param>
public sealed record OptionDeclaration(string Name, string Type, string? Default, string Description, string Range, string Value);
