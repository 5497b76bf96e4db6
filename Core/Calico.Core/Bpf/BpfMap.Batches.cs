using Calico.Core.Interop;

namespace Calico.Core.Bpf;

/// <content>Many entries a system call; key by key where the kernel has no batch operation for the type.</content>
public sealed partial class BpfMap
{
    /// <summary>Creates or overwrites entries, in their order.</summary>
    /// <exception cref="BpfException">E2BIG when the map is full. The entries before the one that failed are written.</exception>
    public void UpdateMany(ReadOnlySpan<byte> keys, ReadOnlySpan<byte> values)
    {
        int count = CountOf(keys);
        CheckSize(values.Length, count * ValueBufferSize, "batch of values");
        int done = 0;
        while (done < count)
        {
            ReadOnlySpan<byte> leftKeys = keys[(done * (int)Info.KeySize)..], leftValues = values[(done * ValueBufferSize)..];
            int result = Batch(leftKeys, leftValues, count - done, out int written);
            done += written;
            if (IsWithoutBatches(result))
            {
                Update(KeyAt(keys, done), values.Slice(done * ValueBufferSize, ValueBufferSize));
                done++;
            }
            else if (result < 0 && -result is not (Errno.EINTR or Errno.EAGAIN))
            {
                throw new BpfException("write a batch of entries of map", Name, -result, detail:
                    -result == Errno.E2BIG ? $"the map is full or an index is beyond its end, it has room for {Info.MaxEntries} entries" : null);
            }
        }
    }

    /// <summary>Removes entries; those that are not there are passed over.</summary>
    /// <returns>How many were there.</returns>
    public int DeleteMany(ReadOnlySpan<byte> keys)
    {
        int count = CountOf(keys), done = 0, removed = 0;
        while (done < count)
        {
            int result = Batch(keys[(done * (int)Info.KeySize)..], [], count - done, out int deleted);
            done += deleted;
            removed += deleted;
            if (IsWithoutBatches(result))
            {
                removed += Delete(KeyAt(keys, done)) ? 1 : 0;
                done++;
            }
            else if (result == -Errno.ENOENT)
            {
                done++;
            }
            else if (result < 0 && -result is not (Errno.EINTR or Errno.EAGAIN))
            {
                throw new BpfException("delete a batch of entries of map", Name, -result);
            }
        }

        return removed;
    }

    // EINVAL too: if it was not for want of a batch operation, the single one says what is wrong.
    private static bool IsWithoutBatches(int result) => -result is Errno.ENOTSUPP or Errno.EOPNOTSUPP or Errno.EINVAL;

    private ReadOnlySpan<byte> KeyAt(ReadOnlySpan<byte> keys, int index) => keys.Slice(index * (int)Info.KeySize, (int)Info.KeySize);

    private int CountOf(ReadOnlySpan<byte> keys) => keys.Length % (int)Info.KeySize == 0
        ? keys.Length / (int)Info.KeySize
        : throw new ArgumentException($"Map '{Name}' has keys of {Info.KeySize} bytes; {keys.Length} bytes are no number of them.");

    private unsafe int Batch(ReadOnlySpan<byte> keys, ReadOnlySpan<byte> values, int count, out int done)
    {
        bpf_map_batch_opts options = default;
        options.sz = (nuint)sizeof(bpf_map_batch_opts);
        uint processed = (uint)count;
        using Borrowed fd = Borrow();
        int result;
        fixed (byte* k = keys, v = values)
        {
            result = values.IsEmpty
                ? LibBpf.bpf_map_delete_batch(fd.Value, k, &processed, &options)
                : LibBpf.bpf_map_update_batch(fd.Value, k, v, &processed, &options);
        }

        // Where the type has no batch operation the kernel leaves the count as it was.
        done = IsWithoutBatches(result) && processed == count ? 0 : (int)processed;
        return result;
    }
}
