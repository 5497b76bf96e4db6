using System.Runtime.CompilerServices;

namespace Calico.Core.Maps.Layout;

/// <summary>The first twelve bytes of a frame, destination then source, so that one copy writes both.</summary>
[InlineArray(12)]
public struct EthernetAddresses
{
    private byte _byte;
}
