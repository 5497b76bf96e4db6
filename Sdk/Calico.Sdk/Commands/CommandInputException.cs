namespace Calico.Sdk;

/// <summary>
/// Thrown by an <see cref="ICommandHandler{TRow}"/> when an option's value makes no sense to it: the message alone is
/// shown to the person who ran the command, and nothing is logged as a failure of the plugin.
/// </summary>
/// <param name="message">What is wrong with which option, and what would be right.</param>
public sealed class CommandInputException(string message) : Exception(message);
