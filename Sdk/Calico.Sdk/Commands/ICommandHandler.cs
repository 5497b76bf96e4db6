namespace Calico.Sdk;

/// <summary>Runs a command that a plugin added.</summary>
/// <typeparam name="TRow">One row of the result.</typeparam>
/// <remarks>
/// Called in the agent, on a thread-pool thread, once per run. It may wait; rows are sent as they come. What it throws
/// is shown to the person who ran the command and does not disturb the agent.
/// </remarks>
public interface ICommandHandler<out TRow>
{
    /// <summary>Produces the rows.</summary>
    IAsyncEnumerable<TRow> RunAsync(CommandInput input, CancellationToken cancellationToken);
}
