using System.Globalization;

namespace Calico.Sdk.Testing;

/// <summary>What a packet costs.</summary>
/// <param name="NanosecondsPerPacket">
/// Processor time in the chain, from its entry to its verdict: the kernel's way to the hook and what comes after the
/// verdict are not in it. It varies with the machine and its load; compare measurements of one run.
/// </param>
/// <param name="Rounds">How often the packet was sent.</param>
public sealed record Measurement(double NanosecondsPerPacket, int Rounds)
{
    /// <summary>The cost in words.</summary>
    /// <returns>Such as <c>61.3 ns a packet (100000 rounds)</c>.</returns>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{NanosecondsPerPacket:0.0} ns a packet ({Rounds} rounds)");
}
