using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Calico.Core.Net;

/// <summary>An Ethernet address. A value type with equality, where PhysicalAddress is a mutable array in a class.</summary>
public readonly struct MacAddress : IEquatable<MacAddress>
{
    /// <summary>The number of bytes of an Ethernet address.</summary>
    public const int Length = 6;

    // The first byte on the wire is the most significant: ee:00:00:00:00:01 is 0xee0000000001.
    private readonly ulong _value;

    /// <summary>Takes the first six bytes, in wire order.</summary>
    public MacAddress(ReadOnlySpan<byte> bytes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bytes.Length, Length, nameof(bytes));
        for (var i = 0; i < Length; i++)
        {
            _value = (_value << 8) | bytes[i];
        }
    }

    /// <summary>True for 00:00:00:00:00:00, which no device has.</summary>
    public bool IsZero => _value == 0;

    /// <summary>Reads <c>ee:ee:ee:ee:ee:ee</c>.</summary>
    public static MacAddress Parse(string text) => TryParse(text, out var mac)
        ? mac
        : throw new FormatException($"'{text}' is not a MAC address: expected six bytes in hexadecimal, such as ee:ee:ee:ee:ee:ee.");

    /// <summary>Reads <c>ee:ee:ee:ee:ee:ee</c>; false if the text is anything else.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out MacAddress mac)
    {
        mac = default;
        var parts = text?.Split(':') ?? [];
        if (parts.Length != Length)
        {
            return false;
        }

        Span<byte> bytes = stackalloc byte[Length];
        for (var i = 0; i < Length; i++)
        {
            if (parts[i].Length is 0 or > 2 || !byte.TryParse(parts[i], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out bytes[i]))
            {
                return false;
            }
        }

        mac = new MacAddress(bytes);
        return true;
    }

    /// <summary>Writes the six bytes in wire order.</summary>
    public void CopyTo(Span<byte> destination)
    {
        for (var i = 0; i < Length; i++)
        {
            destination[i] = (byte)(_value >> (8 * (Length - 1 - i)));
        }
    }

    /// <summary>The six bytes in wire order.</summary>
    public byte[] ToArray()
    {
        var bytes = new byte[Length];
        CopyTo(bytes);
        return bytes;
    }

    /// <inheritdoc/>
    public override string ToString() => string.Join(':', ToArray().Select(b => b.ToString("x2", CultureInfo.InvariantCulture)));

    /// <inheritdoc/>
    public bool Equals(MacAddress other) => _value == other._value;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is MacAddress other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _value.GetHashCode();

    /// <summary>The same six bytes.</summary>
    public static bool operator ==(MacAddress left, MacAddress right) => left.Equals(right);

    /// <summary>Different bytes.</summary>
    public static bool operator !=(MacAddress left, MacAddress right) => !left.Equals(right);
}
