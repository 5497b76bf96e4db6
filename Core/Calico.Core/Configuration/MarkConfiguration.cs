using System.Globalization;
using System.Numerics;
using Calico.Sdk.Resources;

namespace Calico.Core.Configuration;

/// <summary>Which bits of a packet's mark are ours.</summary>
public sealed record MarkConfiguration
{
    /// <summary>0x4000 (masquerade) and 0x8000 (drop), which kube-proxy and the kubelet set and test.</summary>
    public const uint KubeProxyBits = 0xC000;

    private const int BitsNeeded = 2;

    /// <summary>The bits: at least two that are adjacent.</summary>
    public uint Mask { get; init; } = 0x0030_0000;

    internal static MarkConfiguration Read(FieldReader mark)
    {
        bool isForced = mark.Boolean("allowKubeProxyBits") ?? false;
        uint mask = (uint)(mark.Number("mask", 1, uint.MaxValue) ?? new MarkConfiguration().Mask);
        string shown = $"0x{mask.ToString("x8", CultureInfo.InvariantCulture)}";
        if ((mask & (mask >> 1)) == 0)
        {
            mark.Error("mask", $"{shown} has {BitOperations.PopCount(mask)} bit(s) and no {BitsNeeded} side by side; ours need {BitsNeeded}, such as 0x00300000");
        }

        if ((mask & KubeProxyBits) != 0 && !isForced)
        {
            mark.Error("mask", $"{shown} overlaps kube-proxy's bits 0x{KubeProxyBits:x}, so its masquerade and drop rules would match our packets; choose others, or set allowKubeProxyBits on a node without kube-proxy");
        }

        return new MarkConfiguration { Mask = mask };
    }
}
