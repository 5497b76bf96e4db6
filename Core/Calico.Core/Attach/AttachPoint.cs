using Calico.Core.Bpf;
using Calico.Sdk;

namespace Calico.Core.Attach;

/// <summary>One program at one hook of one interface. Swapped in place, without a packet in between.</summary>
public abstract class AttachPoint(Hooks hook)
{
    public Hooks Hook { get; } = hook;

    /// <summary>Puts another program in the place of this one, atomically.</summary>
    public abstract void Swap(BpfProgram program);

    /// <summary>Takes the program off, and its pin.</summary>
    public abstract void Detach();

    /// <summary>Lets go of it; what is pinned, or a filter, stays in force.</summary>
    public virtual void Release()
    {
    }
}
