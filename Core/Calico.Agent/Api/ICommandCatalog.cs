using Calico.Agent.Api.Contracts;

namespace Calico.Agent.Api;

/// <summary>The commands that the running plugins add. Thread-safe.</summary>
internal interface ICommandCatalog
{
    /// <summary>All of them, by name.</summary>
    IReadOnlyList<CommandDescriptor> List();

    /// <summary>Runs one.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="options">Option name to text.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The rows as they come, a JSON object each, without a line break; null if there is no such command.</returns>
    /// <exception cref="CommandRefusedException">At once: the options are wrong. While reading: the command failed.</exception>
    IAsyncEnumerable<ReadOnlyMemory<byte>>? Run(string name, IReadOnlyDictionary<string, string> options, CancellationToken cancellationToken);
}

/// <summary>A command could not be run, or failed; the message is for the person who ran it.</summary>
/// <param name="sentence">What is wrong.</param>
/// <param name="isInputError">True: what was given; false: the command.</param>
/// <param name="detail">For the log; empty where there is no more to say.</param>
internal sealed class CommandRefusedException(string sentence, bool isInputError, string detail = "") : Exception(sentence)
{
    public string Detail { get; } = detail;

    public bool IsInputError { get; } = isInputError;
}
