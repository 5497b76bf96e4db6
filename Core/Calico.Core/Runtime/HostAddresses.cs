using System.Net;
using Calico.Core.Net;

namespace Calico.Core.Runtime;

/// <summary>The addresses of the node's own interfaces, as rtnetlink tells of them.</summary>
internal sealed class HostAddresses
{
    private readonly HashSet<(int Ifindex, IPAddress Address)> _held = [];

    public IReadOnlyCollection<IPAddress> All => [.. _held.Select(held => held.Address).Distinct()];

    public bool Add(AddressInfo address) => IsOurs(address) && _held.Add((address.InterfaceIndex, address.Address));

    public bool Remove(AddressInfo address) => _held.Remove((address.InterfaceIndex, address.Address));

    public bool RemoveAll(int ifindex) => _held.RemoveWhere(held => held.Ifindex == ifindex) > 0;

    public void Clear() => _held.Clear();

    // Link-local and loopback addresses mean another node on every link: no route leads to them.
    private static bool IsOurs(AddressInfo address) =>
        !IPAddress.IsLoopback(address.Address) && !address.Address.IsIPv6LinkLocal;
}
