using System.Runtime.CompilerServices;
using Calico.Core.Interop;

namespace Calico.Core.Bpf;

/// <summary>Takes records out of a ring buffer map, through memory that the kernel shares: no system call, no copy by the kernel.</summary>
/// <remarks>
/// <code>
///   page 0         consumer position: ours to write
///   page 1         producer position: read-only, as is all that follows
///   page 2 …       the records, mapped twice in a row, so that one that wraps round reads straight on
/// </code>
/// A record is its length with two flags, a word of the kernel's, and the data, rounded up to 8 bytes
/// (kernel/bpf/ringbuf.c). The position that was read last is in the ring itself: a new reader goes on where the old one
/// ended. One reader at a time; its methods are called by one thread at a time.
/// </remarks>
internal sealed unsafe class RingBuffer : IDisposable
{
    private const uint Busy = 1u << 31;
    private const uint Discarded = 1u << 30;
    private const int HeaderSize = 8;

    private readonly BpfMap _map;
    private readonly nuint _size;
    private readonly nuint _page = (nuint)Environment.SystemPageSize;
    private byte* _consumer;
    private byte* _producer;

    /// <summary>Opens the ring for reading; the caller keeps its own handle.</summary>
    public RingBuffer(BpfMap map)
    {
        if (map.Info.Type != MapType.RingBuffer)
        {
            throw new ArgumentException($"Map '{map.Name}' is a {map.Info.Type} and not a ring buffer.", nameof(map));
        }

        _size = map.Info.MaxEntries;
        _map = map.Duplicate();
        try
        {
            using BpfFd.Borrowed fd = _map.Borrow();
            BpfException.ThrowIfError(MappedMemory.Map(fd.Value, 0, _page, writable: true, out byte* consumer), "map the reader's position of ring", map.Name);
            _consumer = consumer;
            BpfException.ThrowIfError(MappedMemory.Map(fd.Value, _page, _page + (2 * _size), writable: false, out byte* producer), "map the records of ring", map.Name);
            _producer = producer;
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>What is polled for records.</summary>
    public BpfMap Map => _map;

    /// <summary>Takes the records that are there, at most as many as fit. Never waits.</summary>
    /// <returns>How many; 0 where there are none, or the next is not finished yet.</returns>
    /// <exception cref="InvalidOperationException">A record has another size.</exception>
    public int Read<T>(Span<T> records)
        where T : unmanaged
    {
        ulong* position = (ulong*)_consumer;
        ulong consumed = Volatile.Read(ref *position);
        int count = 0;
        while (count < records.Length && consumed < Volatile.Read(ref *(ulong*)_producer))
        {
            byte* record = _producer + _page + (nuint)(consumed & (_size - 1));
            uint header = Volatile.Read(ref *(uint*)record);
            if ((header & Busy) != 0)
            {
                break;
            }

            uint length = header & ~Discarded;
            if ((header & Discarded) == 0)
            {
                if (length != sizeof(T))
                {
                    throw new InvalidOperationException($"Ring '{_map.Name}' holds a record of {length} bytes; {typeof(T).Name} has {sizeof(T)}.");
                }

                records[count++] = Unsafe.ReadUnaligned<T>(record + HeaderSize);
            }

            consumed += (length + HeaderSize + 7) & ~7u;
        }

        // Only now may stages write over what was copied.
        Volatile.Write(ref *position, consumed);
        return count;
    }

    public void Dispose()
    {
        if (_consumer is not null)
        {
            MappedMemory.Unmap(_consumer, _page);
            _consumer = null;
        }

        if (_producer is not null)
        {
            MappedMemory.Unmap(_producer, _page + (2 * _size));
            _producer = null;
        }

        _map.Dispose();
    }
}
