using Calico.Core.Interop;

namespace Calico.Core.Bpf;

/// <summary>A map in the kernel, its keys and values as bytes. Typed views are in <c>Calico.Core.Maps</c>.</summary>
public sealed partial class BpfMap : BpfFd
{
    private BpfMap(int fd, string name)
        : base(fd)
    {
        Name = name;
        try
        {
            Info = AskInfo(fd, name);
            int roundedUp = ((int)Info.ValueSize + 7) / 8 * 8;
            ValueBufferSize = Info.Type.IsPerCpu() ? roundedUp * PossibleCpus.Count : (int)Info.ValueSize;
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The name that it was created under, uncut; of an adopted map the path of its pin.</summary>
    public override string Name { get; }

    /// <summary>What the kernel says about the map. None of it changes while the map exists.</summary>
    public MapInfo Info { get; }

    /// <summary>Bytes that a lookup or update moves: for a per-CPU map all copies, each rounded up to 8 bytes.</summary>
    public int ValueBufferSize { get; }

    /// <summary>Creates a map.</summary>
    public static unsafe BpfMap Create(MapSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        LibBpfOutput.Capture();
        bpf_map_create_opts options = default;
        options.sz = (nuint)sizeof(bpf_map_create_opts);
        options.map_flags = (uint)spec.Options;
        options.map_extra = spec.Extra;
        using NativeText name = new(NativeText.KernelName(spec.Name));
        using Borrowed inner = spec.InnerMap is null ? default : spec.InnerMap.Borrow();
        options.inner_map_fd = (uint)inner.Value;
        int fd = LibBpf.bpf_map_create((bpf_map_type)spec.Type, name.Pointer, spec.KeySize, spec.ValueSize, spec.MaxEntries, &options);
        return fd >= 0 ? new BpfMap(fd, spec.Name) : throw new BpfException("create map", spec.Name, -fd, detail:
            $"asked for was a {spec.Type} of {spec.MaxEntries} entries, key {spec.KeySize} bytes, value {spec.ValueSize} bytes, options {spec.Options}");
    }

    /// <summary>Adopts a map by its pin.</summary>
    public static BpfMap OpenPinned(string path) => new(OpenPinnedFd("map", "bpf-map", path), path);

    /// <summary>Takes its own descriptor of a map that libbpf holds and will close.</summary>
    internal static BpfMap Copy(int fd, string name) => new(DuplicateFd(fd, name), name);

    /// <summary>A second handle of the same map, with a life of its own.</summary>
    public BpfMap Duplicate() => new(DuplicateFd(), Name);

    /// <summary>Reads an entry; false when there is none.</summary>
    public unsafe bool TryLookup(ReadOnlySpan<byte> key, Span<byte> value)
    {
        CheckSizes(key, value);
        using Borrowed fd = Borrow();
        fixed (byte* k = key, v = value)
        {
            return Found(LibBpf.bpf_map_lookup_elem(fd.Value, k, v), "look up an entry of map");
        }
    }

    /// <summary>Reads an entry that must exist.</summary>
    public byte[] Lookup(ReadOnlySpan<byte> key)
    {
        byte[] value = new byte[ValueBufferSize];
        return TryLookup(key, value) ? value : throw new BpfException("look up an entry of map", Name, Errno.ENOENT);
    }

    /// <summary>Writes an entry.</summary>
    /// <exception cref="BpfException">E2BIG when the map is full; EEXIST, ENOENT as <paramref name="update"/> demands.</exception>
    public void Update(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, MapUpdate update = MapUpdate.Any)
    {
        int result = UpdateOrErrno(key, value, update);
        if (result < 0)
        {
            throw new BpfException("write an entry of map", Name, -result, detail:
                -result == Errno.E2BIG ? $"the map is full or the index is beyond its end, it has room for {Info.MaxEntries} entries" : null);
        }
    }

    /// <summary>Writes an entry; false when <paramref name="update"/> forbids it because the entry exists or does not.</summary>
    public bool TryUpdate(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, MapUpdate update)
    {
        int result = UpdateOrErrno(key, value, update);
        bool refused = (update == MapUpdate.NoExist && result == -Errno.EEXIST) || (update == MapUpdate.Exist && result == -Errno.ENOENT);
        return refused ? false : BpfException.ThrowIfError(result, "write an entry of map", Name) >= 0;
    }

    /// <summary>Removes an entry; false when there was none.</summary>
    public unsafe bool Delete(ReadOnlySpan<byte> key)
    {
        CheckSize(key.Length, (int)Info.KeySize, "key");
        using Borrowed fd = Borrow();
        fixed (byte* k = key)
        {
            return Found(LibBpf.bpf_map_delete_elem(fd.Value, k), "delete an entry of map");
        }
    }

    /// <summary>Finds the key behind <paramref name="key"/> (empty: the first); false at the end.</summary>
    /// <remarks>When <paramref name="key"/> is gone by now, a hash map starts again at its beginning.</remarks>
    public unsafe bool NextKey(ReadOnlySpan<byte> key, Span<byte> next)
    {
        if (!key.IsEmpty)
        {
            CheckSize(key.Length, (int)Info.KeySize, "key");
        }

        CheckSize(next.Length, (int)Info.KeySize, "key");
        using Borrowed fd = Borrow();
        fixed (byte* k = key, n = next)
        {
            return Found(LibBpf.bpf_map_get_next_key(fd.Value, k, n), "walk the keys of map");
        }
    }

    /// <summary>Puts a program into a slot of a program array: from then on a tail call to the slot runs it.</summary>
    public void Update(uint slot, BpfProgram program)
    {
        ArgumentNullException.ThrowIfNull(program);
        try
        {
            UpdateWithObject(slot, program);
        }
        catch (BpfException refused) when (refused.Errno == Errno.EINVAL)
        {
            throw new BpfException($"put program '{program.Name}' into slot {slot} of", Name, refused.Errno, detail:
                "a program array takes programs of one type and one expected attach type: those of its first program");
        }
    }

    /// <summary>Puts a map into a slot of an array of maps.</summary>
    public void Update(uint slot, BpfMap inner)
    {
        ArgumentNullException.ThrowIfNull(inner);
        UpdateWithObject(slot, inner);
    }

    private void UpdateWithObject(uint slot, BpfFd value)
    {
        using Borrowed fd = value.Borrow();
        Update(BitConverter.GetBytes(slot), BitConverter.GetBytes(fd.Value));
    }

    private unsafe int UpdateOrErrno(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, MapUpdate update)
    {
        CheckSizes(key, value);
        using Borrowed fd = Borrow();
        fixed (byte* k = key, v = value)
        {
            return LibBpf.bpf_map_update_elem(fd.Value, k, v, (ulong)update);
        }
    }

    private bool Found(int result, string attempted) =>
        result != -Errno.ENOENT && BpfException.ThrowIfError(result, attempted, Name) >= 0;

    // The kernel reads and writes as many bytes as the map says, whatever we hand in.
    private void CheckSizes(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        CheckSize(key.Length, (int)Info.KeySize, "key");
        CheckSize(value.Length, ValueBufferSize, "value");
    }

    private void CheckSize(int given, int wanted, string what)
    {
        if (given != wanted)
        {
            throw new ArgumentException($"Map '{Name}' has a {what} of {wanted} bytes; {given} were given.");
        }
    }

    private static unsafe MapInfo AskInfo(int fd, string name)
    {
        bpf_map_info info = default;
        uint size = (uint)sizeof(bpf_map_info);
        BpfException.ThrowIfError(LibBpf.bpf_obj_get_info_by_fd(fd, &info, &size), "ask the kernel about map", name);
        return new MapInfo(info.id, NativeText.Read((ReadOnlySpan<sbyte>)info.name), (MapType)info.type, info.key_size, info.value_size, info.max_entries, (MapOptions)info.map_flags);
    }
}
