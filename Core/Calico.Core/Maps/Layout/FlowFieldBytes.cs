using System.Runtime.CompilerServices;

namespace Calico.Core.Maps.Layout;

/// <summary>The room for plugins' flow fields; their offsets come from the plan.</summary>
[InlineArray(Size)]
public struct FlowFieldBytes
{
    /// <summary>Bytes that all plugins' fields have together.</summary>
    public const int Size = 48;

    private byte _byte;
}
