using System.Runtime.CompilerServices;

namespace Calico.Core.Maps.Layout;

/// <summary>An IPv6 address, or an IPv4 address in the first word, in network byte order: <c>__u32[4]</c> in C.</summary>
[InlineArray(4)]
public struct AddressWords
{
    private uint _word;
}
