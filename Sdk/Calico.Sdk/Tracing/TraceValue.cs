using System.Buffers.Binary;
using System.Globalization;
using System.Net;

namespace Calico.Sdk;

/// <summary>How a value of a trace note is shown to people. Immutable.</summary>
public sealed class TraceValue
{
    private readonly Func<ulong, string> _show;

    private TraceValue(Func<ulong, string> show) => _show = show;

    /// <summary>A number from 0 on.</summary>
    public static TraceValue Number { get; } = new(value => value.ToString(CultureInfo.InvariantCulture));

    /// <summary>A number that may be negative: a 64-bit one in C, such as <c>(__s64)difference</c>.</summary>
    public static TraceValue SignedNumber { get; } = new(value => ((long)value).ToString(CultureInfo.InvariantCulture));

    /// <summary>Bits: a hexadecimal number.</summary>
    public static TraceValue Hex { get; } = new(value => "0x" + value.ToString("x", CultureInfo.InvariantCulture));

    /// <summary>An IPv4 address in network byte order, as packets and <c>pkt->tuple</c> have it.</summary>
    public static TraceValue IPv4Address { get; } = new(value => new IPAddress((uint)value).ToString());

    /// <summary>A port in network byte order, as packets and <c>pkt->tuple</c> have it.</summary>
    public static TraceValue Port { get; } = new(value =>
        BinaryPrimitives.ReverseEndianness((ushort)value).ToString(CultureInfo.InvariantCulture));

    /// <summary>A span of nanoseconds.</summary>
    public static TraceValue Nanoseconds { get; } = new(value => value.ToString(CultureInfo.InvariantCulture) + " ns");

    /// <summary>A number that the plugin has words for, such as an identifier of its own.</summary>
    /// <param name="show">
    /// Gives the words. Called on any thread of the host, whenever a trace is shown; it must not block. What it throws is
    /// shown in the place of the words.
    /// </param>
    public static TraceValue Named(Func<ulong, string> show) => new(show ?? throw new ArgumentNullException(nameof(show)));

    /// <summary>A value in words.</summary>
    /// <param name="value">What the stage noted.</param>
    /// <returns>The words; where they can't be had, the number and why.</returns>
    public string Show(ulong value)
    {
        try
        {
            return _show(value);
        }
#pragma warning disable CA1031 // A plugin's words for a number must not end somebody's trace.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            return string.Create(CultureInfo.InvariantCulture, $"{value} ({failure.GetType().Name}: {failure.Message})");
        }
    }
}
