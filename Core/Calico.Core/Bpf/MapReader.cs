using Calico.Core.Interop;

namespace Calico.Core.Bpf;

/// <summary>Reads a whole map in batches: many entries a system call where the kernel can, else key by key.</summary>
/// <remarks>
/// The map may change meanwhile. An entry that exists all the time is seen; one that comes or goes may be seen or not.
/// Key by key, a key that is deleted just before the kernel is asked for its successor sends the walk back to the
/// beginning: entries are then seen twice, and the walk ends after twice the map's capacity.
/// </remarks>
public sealed class MapReader
{
    private readonly BpfMap _map;
    private readonly int _keySize;
    private readonly int _valueSize;
    private byte[] _cursor;
    private byte[] _nextCursor;
    private byte[] _keys;
    private byte[] _values;
    private uint _capacity;
    private ulong _walked;
    private bool _begun;
    private bool _ended;
    private bool _keyByKey;

    /// <summary>Starts at the beginning of the map.</summary>
    /// <param name="map">The map.</param>
    /// <param name="batch">Entries to ask for at once; it grows by itself when one bucket of the hash holds more.</param>
    public MapReader(BpfMap map, uint batch = 4096)
    {
        ArgumentNullException.ThrowIfNull(map);
        _map = map;
        _keySize = (int)map.Info.KeySize;
        _valueSize = map.ValueBufferSize;
        _capacity = Math.Clamp(map.Info.MaxEntries, 1, Math.Max(batch, 1));
        // Hash maps keep a 32-bit bucket number as their position, the others a key.
        _cursor = new byte[Math.Max(sizeof(uint), _keySize)];
        _nextCursor = new byte[_cursor.Length];
        _keys = new byte[_capacity * _keySize];
        _values = new byte[_capacity * _valueSize];
    }

    /// <summary>Entries in the current batch.</summary>
    public int Count { get; private set; }

    /// <summary>All keys of the current batch, one behind the other.</summary>
    public ReadOnlySpan<byte> Keys => _keys.AsSpan(0, Count * _keySize);

    /// <summary>Key number <paramref name="index"/> of the current batch.</summary>
    public ReadOnlySpan<byte> Key(int index) => _keys.AsSpan(index * _keySize, _keySize);

    /// <summary>Value number <paramref name="index"/> of the current batch; of a per-CPU map all copies.</summary>
    public ReadOnlySpan<byte> Value(int index) => _values.AsSpan(index * _valueSize, _valueSize);

    /// <summary>Reads the next batch; false when the map has been walked.</summary>
    public bool ReadBatch()
    {
        while (!_ended && !_keyByKey)
        {
            int result = LookupBatch(out uint count);
            switch (-result)
            {
                case 0:
                case Errno.ENOENT:
                    _ended = result != 0;
                    _begun = true;
                    (_cursor, _nextCursor) = (_nextCursor, _cursor);
                    Count = (int)count;
                    if (count > 0)
                    {
                        return true;
                    }

                    break;
                case Errno.ENOSPC when _capacity < int.MaxValue / 2 / Math.Max(_keySize, _valueSize):
                    // One bucket of the hash holds more entries than the buffer.
                    _capacity *= 2;
                    _keys = new byte[_capacity * _keySize];
                    _values = new byte[_capacity * _valueSize];
                    break;
                case Errno.EINTR or Errno.EAGAIN:
                    break;
                case Errno.EINVAL or Errno.ENOTSUPP or Errno.EOPNOTSUPP when !_begun:
                    _keyByKey = true;
                    break;
                default:
                    throw new BpfException("read a batch of map", _map.Name, -result);
            }
        }

        Count = 0;
        return _keyByKey && !_ended && WalkKeys();
    }

    private bool WalkKeys()
    {
        while (Count < _capacity)
        {
            Span<byte> key = _keys.AsSpan(Count * _keySize, _keySize);
            if (_walked > 2ul * _map.Info.MaxEntries || !_map.NextKey(_begun ? _cursor.AsSpan(0, _keySize) : [], key))
            {
                _ended = true;
                break;
            }

            key.CopyTo(_cursor);
            _begun = true;
            _walked++;
            if (_map.TryLookup(key, _values.AsSpan(Count * _valueSize, _valueSize)))
            {
                Count++;
            }
        }

        return Count > 0;
    }

    private unsafe int LookupBatch(out uint count)
    {
        bpf_map_batch_opts options = default;
        options.sz = (nuint)sizeof(bpf_map_batch_opts);
        uint wanted = _capacity;
        using BpfFd.Borrowed fd = _map.Borrow();
        int result;
        fixed (byte* from = _cursor, to = _nextCursor, keys = _keys, values = _values)
        {
            result = LibBpf.bpf_map_lookup_batch(fd.Value, _begun ? from : null, to, keys, values, &wanted, &options);
        }

        count = result is 0 or -Errno.ENOENT ? wanted : 0;
        return result;
    }
}
