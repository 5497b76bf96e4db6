using System.Buffers.Binary;
using Kit = Calico.Sdk.Testing;

namespace Calico.Kernel.Tests.Testing;

/// <summary>Writes capture files as their formats say it.</summary>
internal static class CaptureBytes
{
    public static byte[] Of(IReadOnlyList<Kit.Packet> packets, bool bigEndian, bool nextGeneration)
    {
        List<byte> file = [];
        if (nextGeneration)
        {
            Block(0x0a0d0d0a, [.. Word(0x1a2b3c4d), .. Half(1), .. Half(0), .. Word(uint.MaxValue), .. Word(uint.MaxValue)]);
            Block(1, [.. Half(1), .. Half(0), .. Word(0)]);
            foreach (var frame in packets.Select(packet => packet.ToBytes()))
            {
                Block(6, [.. Word(0), .. Word(0), .. Word(0), .. Word((uint)frame.Length), .. Word((uint)frame.Length), .. frame, .. new byte[-frame.Length & 3]]);
            }

            return [.. file];
        }

        file.AddRange([.. Word(0xa1b2c3d4), .. Half(2), .. Half(4), .. Word(0), .. Word(0), .. Word(65_535), .. Word(1)]);
        foreach (var frame in packets.Select(packet => packet.ToBytes()))
        {
            file.AddRange([.. Word(0), .. Word(0), .. Word((uint)frame.Length), .. Word((uint)frame.Length), .. frame]);
        }

        return [.. file];

        void Block(uint type, byte[] body) => file.AddRange([.. Word(type), .. Word((uint)body.Length + 12), .. body, .. Word((uint)body.Length + 12)]);

        byte[] Word(uint value)
        {
            var bytes = new byte[4];
            if (bigEndian)
            {
                BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
            }
            else
            {
                BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
            }

            return bytes;
        }

        byte[] Half(ushort value)
        {
            var bytes = Word(value);
            return bigEndian ? bytes[2..] : bytes[..2];
        }
    }
}
