using System.Diagnostics.CodeAnalysis;

namespace Calico.Sdk.Net;

/// <summary>Reads a value out of its text; when the text is no such value, says why.</summary>
/// <typeparam name="T">The type of the value.</typeparam>
/// <param name="text">The text to read.</param>
/// <param name="value">The value, when the text is one.</param>
/// <param name="reason">Why the text is not one, as the end of a sentence that starts with the text.</param>
/// <returns>Whether the text is a value of this type.</returns>
public delegate bool TextParser<T>(string text, [MaybeNullWhen(false)] out T value, [NotNullWhen(false)] out string? reason);
