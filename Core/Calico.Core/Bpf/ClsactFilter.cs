using Calico.Core.Interop;

namespace Calico.Core.Bpf;

/// <summary>A place for a TC filter on an interface's clsact qdisc: where TCX links don't exist (before kernel 6.6).</summary>
/// <remarks>
/// The qdisc is made when it is missing and never removed: other people's filters live on it, and removing it
/// would take theirs along. Interface indexes are of the calling thread's network namespace.
/// </remarks>
/// <param name="Ifindex">The interface.</param>
/// <param name="Direction">Which packets the filter sees.</param>
/// <param name="Priority">Filters of a lower priority number run earlier; 1 to 65535.</param>
/// <param name="Handle">The filter's number within the priority; not 0.</param>
public sealed record ClsactFilter(int Ifindex, TcDirection Direction, ushort Priority, uint Handle = 1)
{
    private string Place => $"clsact {Direction} of interface {Ifindex}, priority {Priority}, handle {Handle}";

    /// <summary>Attaches a program here, or puts it in the place of the one that is here: a packet meets one of the two.</summary>
    public unsafe void Attach(BpfProgram program)
    {
        ArgumentNullException.ThrowIfNull(program);
        if (Priority == 0 || Handle == 0)
        {
            // The kernel would choose numbers, and we could not find the filter again.
            throw new InvalidOperationException("A clsact filter needs a priority and a handle other than 0.");
        }

        LibBpfOutput.Capture();
        bpf_tc_hook hook = Hook();
        int made = LibBpf.bpf_tc_hook_create(&hook);
        if (made < 0 && made != -Errno.EEXIST)
        {
            throw new BpfException("make the clsact qdisc of", $"interface {Ifindex}", -made, detail: LibBpfOutput.LastLine);
        }

        using BpfFd.Borrowed fd = program.Borrow();
        bpf_tc_opts options = Options();
        options.prog_fd = fd.Value;
        options.flags = (uint)bpf_tc_flags.BPF_TC_F_REPLACE;
        int result = LibBpf.bpf_tc_attach(&hook, &options);
        if (result < 0)
        {
            throw new BpfException($"attach program '{program.Name}' to", Place, -result, detail: LibBpfOutput.LastLine);
        }
    }

    /// <summary>The id of the program that is here; null when there is none.</summary>
    public unsafe uint? Query()
    {
        LibBpfOutput.Capture();
        bpf_tc_hook hook = Hook();
        bpf_tc_opts options = Options();
        int result = LibBpf.bpf_tc_query(&hook, &options);
        return IsAbsent(result) ? null : BpfException.ThrowIfError(result, "query", Place) >= 0 ? options.prog_id : null;
    }

    /// <summary>Removes the filter, and nothing else; false when there is none.</summary>
    public unsafe bool Detach()
    {
        // The kernel answers EINVAL for a missing qdisc and for a filter of another kind alike: ask first.
        if (Query() is null)
        {
            return false;
        }

        bpf_tc_hook hook = Hook();
        bpf_tc_opts options = Options();
        int result = LibBpf.bpf_tc_detach(&hook, &options);
        return !IsAbsent(result) && BpfException.ThrowIfError(result, "detach", Place) >= 0;
    }

    // ENOENT: no such filter. EINVAL: no clsact. ENODEV: no interface, so no filter either.
    private static bool IsAbsent(int result) => result is -Errno.ENOENT or -Errno.EINVAL or -Errno.ENODEV;

    private unsafe bpf_tc_hook Hook()
    {
        bpf_tc_hook hook = default;
        hook.sz = (nuint)sizeof(bpf_tc_hook);
        hook.ifindex = Ifindex;
        hook.attach_point = Direction == TcDirection.Ingress ? bpf_tc_attach_point.BPF_TC_INGRESS : bpf_tc_attach_point.BPF_TC_EGRESS;
        return hook;
    }

    private unsafe bpf_tc_opts Options()
    {
        bpf_tc_opts options = default;
        options.sz = (nuint)sizeof(bpf_tc_opts);
        options.handle = Handle;
        options.priority = Priority;
        return options;
    }
}
