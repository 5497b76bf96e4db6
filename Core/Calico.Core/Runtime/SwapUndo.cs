using Calico.Core.Bpf;
using Microsoft.Extensions.Logging;

namespace Calico.Core.Runtime;

/// <summary>Takes back what was done, last first, unless it is told to forget it.</summary>
internal sealed class SwapUndo(ILogger logger) : IDisposable
{
    private readonly Stack<Action> _steps = [];

    public void Add(Action step) => _steps.Push(step);

    public void Forget() => _steps.Clear();

    public void Dispose()
    {
        while (_steps.TryPop(out var step))
        {
            try
            {
                step();
            }
            catch (BpfException failure)
            {
                // The others must have theirs again, whatever becomes of this one.
                logger.LogError("A chain could not be put back: {Reason}", failure.Message);
            }
        }
    }
}
