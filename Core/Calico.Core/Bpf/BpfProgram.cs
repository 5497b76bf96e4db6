using Calico.Core.Interop;

namespace Calico.Core.Bpf;

/// <summary>A program that the verifier has accepted.</summary>
public sealed partial class BpfProgram : BpfFd
{
    private BpfProgram(int fd, string name)
        : base(fd) => Name = name;

    /// <summary>The program's name in its object, uncut; of an adopted program the path of its pin.</summary>
    public override string Name { get; }

    /// <summary>Adopts a program by its pin.</summary>
    public static BpfProgram OpenPinned(string path) => new(OpenPinnedFd("program", "bpf-prog", path), path);

    /// <summary>Loads instructions as they are. For probes and tests: programs come from <see cref="BpfObject"/>.</summary>
    internal static unsafe BpfProgram LoadInstructions(string name, ProgramType type, ReadOnlySpan<ulong> instructions, uint expectedAttachType = 0, uint flags = 0)
    {
        LibBpfOutput.Capture();
        using NativeText kernelName = new(NativeText.KernelName(name));
        using NativeText license = new("GPL");
        bpf_prog_load_opts options = default;
        options.sz = (nuint)sizeof(bpf_prog_load_opts);
        options.attempts = 5;
        options.expected_attach_type = (bpf_attach_type)expectedAttachType;
        options.prog_flags = flags;
        byte[] log = GC.AllocateUninitializedArray<byte>(64 * 1024);
        fixed (ulong* code = instructions)
        {
            int fd = LibBpf.bpf_prog_load((bpf_prog_type)type, kernelName.Pointer, license.Pointer, (bpf_insn*)code, (nuint)instructions.Length, &options);
            if (fd >= 0)
            {
                return new BpfProgram(fd, name);
            }

            log[0] = 0;
            fixed (byte* buffer = log)
            {
                options.log_level = 1;
                options.log_buf = (sbyte*)buffer;
                options.log_size = (uint)log.Length;
                fd = LibBpf.bpf_prog_load((bpf_prog_type)type, kernelName.Pointer, license.Pointer, (bpf_insn*)code, (nuint)instructions.Length, &options);
                return fd >= 0 ? new BpfProgram(fd, name) : throw new BpfException("load program", name, -fd, NativeText.Read((sbyte*)buffer));
            }
        }
    }

    /// <summary>Takes its own descriptor of a program that libbpf holds and will close.</summary>
    internal static BpfProgram Copy(int fd, string name) => new(DuplicateFd(fd, name), name);

    /// <summary>A second handle of the same program, with a life of its own.</summary>
    public BpfProgram Duplicate() => new(DuplicateFd(), Name);

    /// <summary>Asks the kernel about the program.</summary>
    public unsafe ProgramInfo Info()
    {
        using Borrowed fd = Borrow();
        bpf_prog_info info = Ask(fd.Value, default);
        uint[] maps = new uint[info.nr_map_ids];
        if (maps.Length > 0)
        {
            fixed (uint* ids = maps)
            {
                bpf_prog_info question = default;
                question.nr_map_ids = (uint)maps.Length;
                question.map_ids = (ulong)ids;
                info = Ask(fd.Value, question);
            }
        }

        return new ProgramInfo
        {
            Id = info.id,
            Name = NativeText.Read((ReadOnlySpan<sbyte>)info.name),
            Type = (ProgramType)info.type,
            Tag = Convert.ToHexStringLower((ReadOnlySpan<byte>)info.tag),
            JitedSize = info.jited_prog_len,
            TranslatedSize = info.xlated_prog_len,
            VerifiedInstructions = info.verified_insns,
            RunTime = TimeSpan.FromTicks((long)(info.run_time_ns / TimeSpan.NanosecondsPerTick)),
            RunCount = info.run_cnt,
            LoadedSinceBoot = TimeSpan.FromTicks((long)(info.load_time / TimeSpan.NanosecondsPerTick)),
            MapIds = maps,
        };
    }

    private unsafe bpf_prog_info Ask(int fd, bpf_prog_info question)
    {
        uint size = (uint)sizeof(bpf_prog_info);
        BpfException.ThrowIfError(LibBpf.bpf_obj_get_info_by_fd(fd, &question, &size), "ask the kernel about program", Name);
        return question;
    }
}
