namespace Calico.Core.Bpf;

/// <summary>The few eBPF instructions that probes are made of; the layout is the kernel's <c>struct bpf_insn</c>, low byte first.</summary>
internal static class Instructions
{
    /// <summary>Returns from the program.</summary>
    public const ulong Exit = 0x95;

    /// <summary><c>reg = value</c></summary>
    public static ulong MoveImmediate(int register, int value) => Encode(0xb7, register, 0, 0, value);

    /// <summary><c>to = from</c></summary>
    public static ulong Move(int to, int from) => Encode(0xbf, to, from, 0, 0);

    /// <summary>Calls a helper by its number.</summary>
    public static ulong Call(int helper) => Encode(0x85, 0, 0, 0, helper);

    /// <summary><c>*(u64 *)(address + offset) = from</c></summary>
    public static ulong Store64(int address, short offset, int from) => Encode(0x7b, address, from, offset, 0);

    /// <summary>A jump over a 32-bit distance: new in version 4 of the instruction set.</summary>
    public static ulong LongJump(int distance) => Encode(0x06, 0, 0, 0, distance);

    /// <summary>Turns the bytes of a register's low 64 bits around: new in version 4 of the instruction set.</summary>
    public static ulong ByteSwap64(int register) => Encode(0xd7, register, 0, 0, 64);

    /// <summary>A program that returns a number.</summary>
    public static ulong[] Return(int value) => [MoveImmediate(0, value), Exit];

    private static ulong Encode(byte code, int destination, int source, short offset, int immediate) =>
        code | ((ulong)(uint)(destination | (source << 4)) << 8) | ((ulong)(ushort)offset << 16) | ((ulong)(uint)immediate << 32);
}
