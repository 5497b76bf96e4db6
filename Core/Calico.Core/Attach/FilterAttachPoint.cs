using Calico.Core.Bpf;
using Calico.Sdk;

namespace Calico.Core.Attach;

/// <summary>A clsact filter, for kernels without TCX: replaced at the same handle and priority, in one step.</summary>
public sealed class FilterAttachPoint : AttachPoint
{
    private readonly ClsactFilter _filter;

    public FilterAttachPoint(BpfProgram program, Hooks hook, ClsactFilter filter)
        : base(hook)
    {
        ArgumentNullException.ThrowIfNull(filter);
        _filter = filter;
        _filter.Attach(program);
    }

    public override void Swap(BpfProgram program) => _filter.Attach(program);

    public override void Detach() => _filter.Detach();
}
