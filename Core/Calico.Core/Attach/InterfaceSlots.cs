namespace Calico.Core.Attach;

/// <summary>
/// Which slot of the interface map an interface has. A slot is the kernel's index modulo the map's size, so that a
/// program finds it without a hash; only where two indexes fall on one slot does the later one get another. Slot 0 is
/// the host itself. Pure.
/// </summary>
public sealed class InterfaceSlots
{
    private readonly int[] _owners;
    private readonly Dictionary<int, int> _slots = [];

    /// <param name="size">A power of two.</param>
    public InterfaceSlots(int size)
    {
        if (!int.IsPow2(size))
        {
            throw new ArgumentException($"The interface map has {size} slots; it must be a power of two.", nameof(size));
        }

        _owners = new int[size];
    }

    /// <summary>The slot of an interface; the same for as long as it is not released.</summary>
    /// <exception cref="InvalidOperationException">All slots are taken.</exception>
    public int Take(int ifindex)
    {
        if (_slots.TryGetValue(ifindex, out var slot))
        {
            return slot;
        }

        slot = ifindex & (_owners.Length - 1);
        for (var tried = 0; tried < _owners.Length; tried++, slot = (slot + 1) & (_owners.Length - 1))
        {
            if (slot != 0 && _owners[slot] == 0)
            {
                _owners[slot] = ifindex;
                _slots.Add(ifindex, slot);
                return slot;
            }
        }

        throw new InvalidOperationException(
            $"All {_owners.Length - 1} interface slots are taken: the node has more interfaces than the interface map holds.");
    }

    /// <summary>Whether a program must look the slot up in the hash of exceptions.</summary>
    public bool IsDisplaced(int ifindex) => _slots.TryGetValue(ifindex, out var slot) && slot != (ifindex & (_owners.Length - 1));

    /// <summary>Gives the slot back.</summary>
    public void Release(int ifindex)
    {
        if (_slots.Remove(ifindex, out var slot))
        {
            _owners[slot] = 0;
        }
    }
}
