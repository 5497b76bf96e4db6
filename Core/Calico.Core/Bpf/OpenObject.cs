using System.Runtime.InteropServices;
using Calico.Core.Interop;

namespace Calico.Core.Bpf;

/// <summary>An object between opening and loading: libbpf's <c>bpf_object</c> and what we know about its parts.</summary>
internal sealed unsafe class OpenObject : IDisposable
{
    // Global data of an object: libbpf puts the object's name before these.
    private static readonly string[] _dataSections = [".rodata", ".data", ".bss", ".kconfig"];

    private readonly string _name;
    private readonly List<nint> _programs = [];
    private bpf_object* _object;

    public OpenObject(string name, ReadOnlySpan<byte> elf)
    {
        _name = name;
        using NativeText native = new(NativeText.KernelName(name).Replace('.', '_'));
        bpf_object_open_opts options = default;
        options.sz = (nuint)sizeof(bpf_object_open_opts);
        options.object_name = native.Pointer;
        fixed (byte* bytes = elf)
        {
            // libbpf copies what it needs from the buffer's sections only at the end of open_mem.
            _object = LibBpf.bpf_object__open_mem(bytes, (nuint)elf.Length, &options);
            int errno = Marshal.GetLastPInvokeError();
            if (_object == null)
            {
                throw new BpfException("read eBPF object", name, errno, detail: LibBpfOutput.LastLine);
            }
        }

        for (bpf_program* program = LibBpf.bpf_object__next_program(_object, null); program != null; program = LibBpf.bpf_object__next_program(_object, program))
        {
            _programs.Add((nint)program);
        }
    }

    public int ProgramCount => _programs.Count;

    public void UseMaps(IReadOnlyDictionary<string, BpfMap> given)
    {
        foreach ((string mapName, nint pointer) in Maps())
        {
            if (!given.TryGetValue(mapName, out BpfMap? map))
            {
                continue;
            }

            bpf_map* declared = (bpf_map*)pointer;
            CheckShape(mapName, declared, map.Info);
            using BpfFd.Borrowed fd = map.Borrow();
            BpfException.ThrowIfError(LibBpf.bpf_map__reuse_fd(declared, fd.Value), $"use the given map for '{mapName}' of object", _name);
        }
    }

    public void Configure(BpfLoadOptions options)
    {
        foreach (nint pointer in _programs)
        {
            bpf_program* program = (bpf_program*)pointer;
            string programName = NativeText.Read(LibBpf.bpf_program__name(program));
            if (options.Programs is { } wanted && !wanted.Contains(programName))
            {
                BpfException.ThrowIfError(LibBpf.bpf_program__set_autoload(program, 0), "leave out program", programName);
                continue;
            }

            if (options.Sections.TryGetValue(NativeText.Read(LibBpf.bpf_program__section_name(program)), out ProgramKind? kind))
            {
                BpfException.ThrowIfError(LibBpf.bpf_program__set_type(program, (bpf_prog_type)kind.Type), "set the type of program", programName);
                BpfException.ThrowIfError(LibBpf.bpf_program__set_expected_attach_type(program, (bpf_attach_type)kind.ExpectedAttachType), "set the attach type of program", programName);
                BpfException.ThrowIfError(LibBpf.bpf_program__set_flags(program, kind.Flags), "set the flags of program", programName);
            }
        }
    }

    public void GiveLogs(ProgramLogs logs)
    {
        for (int i = 0; i < _programs.Count; i++)
        {
            BpfException.ThrowIfError(LibBpf.bpf_program__set_log_buf((bpf_program*)_programs[i], logs.Buffer(i), (nuint)logs.Size), "give a log buffer to the programs of object", _name);
        }
    }

    public int Load() => LibBpf.bpf_object__load(_object);

    /// <summary>Takes descriptors of its own for everything that was created, so that the object can be closed.</summary>
    public LoadedObject Take(IReadOnlyDictionary<string, BpfMap> given)
    {
        Dictionary<string, BpfProgram> programs = [];
        Dictionary<string, BpfMap> maps = [];
        LoadedObject loaded = new(_name, programs, maps);
        try
        {
            foreach (nint pointer in _programs)
            {
                bpf_program* program = (bpf_program*)pointer;
                if (LibBpf.bpf_program__autoload(program) != 0)
                {
                    string programName = NativeText.Read(LibBpf.bpf_program__name(program));
                    programs.Add(programName, BpfProgram.Copy(LibBpf.bpf_program__fd(program), programName));
                }
            }

            foreach ((string mapName, nint pointer) in Maps())
            {
                int fd = LibBpf.bpf_map__fd((bpf_map*)pointer);
                if (fd >= 0 && !given.ContainsKey(mapName))
                {
                    maps.Add(mapName, BpfMap.Copy(fd, mapName));
                }
            }

            return loaded;
        }
        catch
        {
            loaded.Dispose();
            throw;
        }
    }

    /// <summary>Puts the refusal into words; the failing program is the one whose log was written, or the one libbpf spoke of last.</summary>
    public BpfException Refusal(int result, int failed, string? log)
    {
        string? program = failed >= 0 ? NativeText.Read(LibBpf.bpf_program__name((bpf_program*)_programs[failed])) : null;
        program ??= _programs
            .Select(pointer => NativeText.Read(LibBpf.bpf_program__name((bpf_program*)pointer)))
            .FirstOrDefault(candidate => LibBpfOutput.Lines.Any(line => line.StartsWith($"prog '{candidate}':", StringComparison.Ordinal)));
        string? detail = VerifierLog.Complaint(log) is null ? LibBpfOutput.LastLine : null;
        return program is null
            ? new BpfException("load object", _name, -result, log, detail)
            : new BpfException($"load object '{_name}', program", program, -result, log, detail);
    }

    public void Dispose()
    {
        LibBpf.bpf_object__close(_object);
        _object = null;
    }

    private List<(string Name, nint Map)> Maps()
    {
        List<(string Name, nint Map)> maps = [];
        for (bpf_map* map = LibBpf.bpf_object__next_map(_object, null); map != null; map = LibBpf.bpf_object__next_map(_object, map))
        {
            string name = NativeText.Read(LibBpf.bpf_map__name(map));
            if (LibBpf.bpf_map__is_internal(map) != 0)
            {
                int dot = _dataSections.Select(section => name.IndexOf(section, StringComparison.Ordinal)).Max();
                name = dot < 0 ? name : name[dot..];
            }

            maps.Add((name, (nint)map));
        }

        return maps;
    }

    // libbpf takes over whatever the descriptor is; the program would then be verified for another layout than it was compiled for.
    private void CheckShape(string mapName, bpf_map* declared, MapInfo given)
    {
        MapType type = (MapType)LibBpf.bpf_map__type(declared);
        uint keySize = LibBpf.bpf_map__key_size(declared);
        uint valueSize = LibBpf.bpf_map__value_size(declared);
        if (type != given.Type || keySize != given.KeySize || valueSize != given.ValueSize)
        {
            throw new ArgumentException(
                $"Object '{_name}' declares map '{mapName}' as {type} with keys of {keySize} and values of {valueSize} bytes; "
                + $"the map given is {given.Type} with {given.KeySize} and {given.ValueSize}.");
        }
    }
}
