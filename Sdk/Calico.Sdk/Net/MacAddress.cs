using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Calico.Sdk.Net;

/// <summary>An Ethernet address of six bytes.</summary>
public readonly record struct MacAddress
{
    private const int Length = 6;
    private readonly ulong _value;

    /// <summary>Takes the six bytes in the order of the wire.</summary>
    /// <param name="bytes">Exactly six bytes.</param>
    public MacAddress(ReadOnlySpan<byte> bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(bytes.Length, Length);
        foreach (byte part in bytes)
        {
            _value = (_value << 8) | part;
        }
    }

    /// <summary>Whether the address is of a group (multicast or broadcast), which no interface can have.</summary>
    public bool IsGroup => (_value >> 40 & 1) != 0;

    /// <summary>Writes the six bytes in the order of the wire.</summary>
    /// <param name="destination">At least six bytes.</param>
    public void WriteTo(Span<byte> destination)
    {
        for (int index = 0; index < Length; index++)
        {
            destination[index] = (byte)(_value >> (8 * (Length - 1 - index)));
        }
    }

    /// <summary>Reads six pairs of hexadecimal digits, separated by <c>:</c> or by <c>-</c>.</summary>
    /// <param name="text">The text to read.</param>
    /// <param name="address">The address.</param>
    /// <param name="reason">Why the text is no such address.</param>
    /// <returns>Whether the text is such an address.</returns>
    public static bool TryParse(string text, out MacAddress address, [NotNullWhen(false)] out string? reason)
    {
        ArgumentNullException.ThrowIfNull(text);
        address = default;
        reason = "is not a MAC address (six pairs of hexadecimal digits, such as ee:ee:ee:ee:ee:ee)";
        Span<byte> bytes = stackalloc byte[Length];
        if (text.Length != 3 * Length - 1)
        {
            return false;
        }

        for (int index = 0; index < Length; index++)
        {
            bool separated = index == Length - 1 || (text[3 * index + 2] == text[2] && text[2] is ':' or '-');
            if (!separated || !byte.TryParse(text.AsSpan(3 * index, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out bytes[index]))
            {
                return false;
            }
        }

        address = new MacAddress(bytes);
        reason = null;
        return true;
    }

    /// <summary>Reads an address from text that is known to be one.</summary>
    /// <param name="text">The text to read.</param>
    /// <returns>The address.</returns>
    /// <exception cref="FormatException">The text is not an address; the message says why.</exception>
    public static MacAddress Parse(string text) =>
        TryParse(text, out MacAddress address, out string? reason) ? address : throw new FormatException($"'{text}' {reason}.");

    /// <summary>The address as <c>ee:ee:ee:ee:ee:ee</c>.</summary>
    /// <returns>The text.</returns>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Length];
        WriteTo(bytes);
        return string.Create(
            CultureInfo.InvariantCulture, $"{bytes[0]:x2}:{bytes[1]:x2}:{bytes[2]:x2}:{bytes[3]:x2}:{bytes[4]:x2}:{bytes[5]:x2}");
    }
}
