using Calico.Core.Interop;

namespace Calico.Core.Bpf;

/// <summary>A program's attachment. It ends when its last descriptor and pin are gone, or when it is detached.</summary>
public sealed class BpfLink : BpfFd
{
    // libbpf 1.1 knows these by number only.
    internal const uint TcxIngress = (uint)bpf_attach_type.BPF_TCX_INGRESS;
    internal const uint TcxEgress = (uint)bpf_attach_type.BPF_TCX_EGRESS;

    private BpfLink(int fd, string name)
        : base(fd) => Name = name;

    /// <inheritdoc/>
    public override string Name { get; }

    /// <summary>Attaches a TC program behind those that are there. The kernel needs 8–20 ms for it and does one at a time.</summary>
    /// <param name="program">The program.</param>
    /// <param name="ifindex">The interface, in the calling thread's network namespace.</param>
    /// <param name="direction">Which packets it sees.</param>
    public static BpfLink AttachTcx(BpfProgram program, int ifindex, TcDirection direction) =>
        Create(program, ifindex, direction == TcDirection.Ingress ? TcxIngress : TcxEgress, flags: 0, $"TCX {direction} of interface {ifindex}");

    /// <summary>Attaches an XDP program to an interface of the calling thread's network namespace.</summary>
    public static BpfLink AttachXdp(BpfProgram program, int ifindex, XdpMode mode) =>
        Create(program, ifindex, (uint)bpf_attach_type.BPF_XDP, (uint)mode, $"{mode} XDP of interface {ifindex}");

    /// <summary>Attaches a program to a hook of a cgroup's sockets, behind those that are there.</summary>
    /// <param name="program">A program that was loaded for this hook.</param>
    /// <param name="cgroup">The cgroup; it acts on those below it, too.</param>
    /// <param name="hook">The hook.</param>
    public static BpfLink AttachCgroup(BpfProgram program, CgroupFolder cgroup, CgroupAttachType hook)
    {
        ArgumentNullException.ThrowIfNull(cgroup);
        using Borrowed folder = cgroup.Borrow();
        return Create(program, folder.Value, (uint)hook, flags: 0, $"{hook} of the cgroup {cgroup.Name}");
    }

    /// <summary>Attaches a netfilter program in the calling thread's network namespace.</summary>
    /// <param name="program">The program.</param>
    /// <param name="family">The protocol family.</param>
    /// <param name="hook">The hook.</param>
    /// <param name="priority">Its place among the hook's functions: lower runs earlier. The lowest and the highest number are the kernel's.</param>
    /// <param name="defragment">Let fragments be put together before the program sees them (kernel 6.6).</param>
    public static unsafe BpfLink AttachNetfilter(BpfProgram program, NetfilterFamily family, NetfilterHook hook, int priority, bool defragment = false)
    {
        ArgumentNullException.ThrowIfNull(program);
        using Borrowed programFd = program.Borrow();
        LibC.LinkCreateNetfilter attributes = new()
        {
            prog_fd = (uint)programFd.Value,
            attach_type = (uint)bpf_attach_type.BPF_NETFILTER,
            pf = (uint)family,
            hooknum = (uint)hook,
            priority = priority,
            netfilter_flags = defragment ? 1u : 0u,
        };
        string place = $"netfilter hook {hook} of {family} at priority {priority}";
        int fd = LibC.bpf(bpf_cmd.BPF_LINK_CREATE, &attributes, sizeof(LibC.LinkCreateNetfilter));
        return fd >= 0 ? new BpfLink(fd, place) : throw new BpfException($"attach program '{program.Name}' to", place, -fd);
    }

    /// <summary>Adopts a link by its pin.</summary>
    public static BpfLink OpenPinned(string path) => new(OpenPinnedFd("link", "link", path), path);

    /// <summary>Puts another program in place, atomically: every packet meets one of the two. Netfilter links can't.</summary>
    public unsafe void Update(BpfProgram program)
    {
        ArgumentNullException.ThrowIfNull(program);
        using Borrowed link = Borrow();
        using Borrowed programFd = program.Borrow();
        BpfException.ThrowIfError(LibBpf.bpf_link_update(link.Value, programFd.Value, null), $"put program '{program.Name}' into the link at", Name);
    }

    /// <summary>Ends the attachment at once, whoever else holds or pinned the link.</summary>
    public void Detach()
    {
        using Borrowed fd = Borrow();
        BpfException.ThrowIfError(LibBpf.bpf_link_detach(fd.Value), "detach the link at", Name);
    }

    /// <summary>Asks the kernel about the link.</summary>
    public unsafe LinkInfo Info()
    {
        using Borrowed fd = Borrow();
        bpf_link_info info = default;
        uint size = (uint)sizeof(bpf_link_info);
        BpfException.ThrowIfError(LibBpf.bpf_obj_get_info_by_fd(fd.Value, &info, &size), "ask the kernel about the link at", Name);
        LinkType type = (LinkType)info.type;
        return type switch
        {
            LinkType.Tcx => new LinkInfo(info.id, type, info.prog_id, (int)info.tcx.ifindex, info.tcx.attach_type),
            LinkType.Xdp => new LinkInfo(info.id, type, info.prog_id, (int)info.xdp.ifindex, 0),
            LinkType.Cgroup => new LinkInfo(info.id, type, info.prog_id, 0, info.cgroup.attach_type) { CgroupId = info.cgroup.cgroup_id },
            _ => new LinkInfo(info.id, type, info.prog_id, 0, 0),
        };
    }

    private static unsafe BpfLink Create(BpfProgram program, int target, uint attachType, uint flags, string place)
    {
        ArgumentNullException.ThrowIfNull(program);
        using Borrowed programFd = program.Borrow();
        bpf_link_create_opts options = default;
        options.sz = (nuint)sizeof(bpf_link_create_opts);
        options.flags = flags;
        int fd = LibBpf.bpf_link_create(programFd.Value, target, (bpf_attach_type)attachType, &options);
        return fd >= 0 ? new BpfLink(fd, place) : throw new BpfException($"attach program '{program.Name}' to", place, -fd);
    }
}
