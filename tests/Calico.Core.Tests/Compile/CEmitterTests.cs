using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Calico.Core.Compile;
using Calico.Sdk;

namespace Calico.Core.Tests.Compile;

public sealed class CEmitterTests
{
#pragma warning disable CS0169, CS0649, IDE0051, IDE0044, CA1823 // Layouts have fields that nobody reads.
    [InlineArray(16)]
    private struct Address
    {
        private byte _first;
    }

    [InlineArray(2)]
    private struct AddressPair
    {
        private Address _first;
    }

    private enum FlowState : byte
    {
        New,
        Established = 4,
        [CName("FLOW_GONE")]
        Closed,
    }

    [CName("big_flags")]
    private enum Flags : ulong
    {
        None,
        Top = 1UL << 63,
    }

    private enum Balance
    {
        Lowest = int.MinValue,
        Minus = -1,
    }

    private readonly record struct TokenBucket(ulong Tokens, uint RefilledAt, FlowState State, byte Reserved, ushort IPv4Port);

    private struct Outer
    {
        public AddressPair Addresses;
        public TokenBucket Bucket;
        [CName("ifindex")]
        public int InterfaceIndex;
        public Balance Balance;
        public Flags Flags;
    }

    [StructLayout(LayoutKind.Sequential, Pack = 1)]
    private struct Packed
    {
        public byte Kind;
        public uint Value;
        public ushort Port;
    }

    [StructLayout(LayoutKind.Explicit)]
    private struct Overlaid
    {
        [FieldOffset(0)]
        public ulong Both;
        [FieldOffset(0)]
        public uint Low;
        [FieldOffset(4)]
        public uint High;
        [FieldOffset(8)]
        public uint Rest;
        [FieldOffset(12)]
        public uint Last;
    }

    private struct GapBefore
    {
        public byte Kind;
        public uint Value;
    }

    private struct GapBehind
    {
        public ulong Value;
        public ushort Port;
    }

    [StructLayout(LayoutKind.Explicit, Size = 16)]
    private struct ExplicitGap
    {
        [FieldOffset(0)]
        public uint A;
        [FieldOffset(7)]
        public byte B;
    }

    [StructLayout(LayoutKind.Explicit)]
    private struct HalfOverlap
    {
        [FieldOffset(0)]
        public uint A;
        [FieldOffset(2)]
        public uint B;
        [FieldOffset(6)]
        public ushort C;
    }

    private struct WithBool
    {
        public bool Yes;
    }

    private struct WithText
    {
        public string Name;
    }

    private struct WithFloat
    {
        public double Rate;
    }

    private struct WithPointer
    {
        public nint Handle;
    }

    private struct WithTime
    {
        public DateTime When;
    }

    private struct WithKeyword
    {
        public int Int;
    }

    private struct WithTwins
    {
        public int SourcePort;
        public int source_port;
    }

    private struct Nested
    {
        public WithBool Inner;
    }

    private struct Empty
    {
    }

    [StructLayout(LayoutKind.Auto)]
    private struct Auto
    {
        public int A;
    }

    [CName("token_bucket")]
    private struct SameName
    {
        public int A;
    }
#pragma warning restore CS0169, CS0649, IDE0051, IDE0044, CA1823

    [Fact]
    public void Declarations_are_as_in_the_golden_file() =>
        GoldenFile.Check("Compile/golden/structs.golden", CEmitter.Emit(typeof(Outer), typeof(Packed), typeof(Overlaid), typeof(TokenBucket), typeof(uint)));

    [Fact]
    public void Map_declarations_are_as_in_the_golden_file()
    {
        var types = new CEmitter();
        var maps = string.Join("\n",
            CMap.Of(types, "buckets", "BPF_MAP_TYPE_LRU_HASH", typeof(uint), typeof(TokenBucket), 65_536, 0x2),
            CMap.Of(types, "events", "BPF_MAP_TYPE_RINGBUF", null, null, 1 << 20));

        GoldenFile.Check("Compile/golden/maps.golden", types + maps);
    }

    [Fact]
    public void The_golden_files_compile_and_their_assertions_hold()
    {
        using var cache = new CacheFolder();
        var types = new CEmitter();
        types.Add(typeof(Outer));
        types.Add(typeof(Packed));
        types.Add(typeof(Overlaid));
        var map = CMap.Of(types, "buckets", "BPF_MAP_TYPE_LRU_HASH", typeof(uint), typeof(TokenBucket), 65_536, 0x2);

        cache.Compiler().Compile(RenderedSource.FromText($"#include <calico/bpf.h>\n{types}{map}", "generated/types.h", "core"), ClangOptions.For("v3"));
    }

    [Theory]
    [InlineData(typeof(GapBefore), "there are 3 bytes of padding before 'Value', at offset 1", "behind 'Kind'")]
    [InlineData(typeof(GapBehind), "there are 6 bytes of padding at the end, at offset 10", "declare 6 reserved bytes behind 'Port'")]
    [InlineData(typeof(ExplicitGap), "there are 3 bytes of padding before 'B', at offset 4", "behind 'A'")]
    [InlineData(typeof(HalfOverlap), "'B' overlaps others", "begin at one offset")]
    [InlineData(typeof(WithBool), "the field 'Yes' is a bool", "use a byte")]
    [InlineData(typeof(Nested), "WithBool: the field 'Yes' is a bool", "use a byte")]
    [InlineData(typeof(WithText), "the field 'Name' is a reference (String)", "use a struct, or an [InlineArray]")]
    [InlineData(typeof(WithFloat), "floating-point", "fixed scale")]
    [InlineData(typeof(WithPointer), "as wide as the machine's pointers", "use a long")]
    [InlineData(typeof(WithTime), "DateTime, a type of the runtime", "declare a struct")]
    [InlineData(typeof(WithKeyword), "'int' (of Int) is not a name that C allows", "[CName(")]
    [InlineData(typeof(WithTwins), "'SourcePort' and 'source_port' are both 'source_port'", "[CName(")]
    [InlineData(typeof(Empty), "has no fields", "give it one")]
    [InlineData(typeof(Auto), "left to the runtime", "LayoutKind.Sequential")]
    [InlineData(typeof(string), "is not a struct", "declare a struct")]
    public void What_C_cannot_have_is_refused(Type type, string problem, string advice)
    {
        var refusal = Assert.Throws<CTypeException>(() => CEmitter.Emit(type));

        Assert.Contains(problem, refusal.Message, StringComparison.Ordinal);
        Assert.Contains(advice, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_types_of_one_C_name_are_refused()
    {
        var refusal = Assert.Throws<CTypeException>(() => CEmitter.Emit(typeof(TokenBucket), typeof(SameName)));

        Assert.Contains("'token_bucket' is also that of", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("FlowKey", "flow_key")]
    [InlineData("IPAddress", "ip_address")]
    [InlineData("IPv4Source", "ipv4_source")]
    [InlineData("Sha256Hash", "sha256_hash")]
    [InlineData("TCPFlags", "tcp_flags")]
    [InlineData("_first", "first")]
    [InlineData("X", "x")]
    [InlineData("already_snake", "already_snake")]
    public void Names_become_snake_case(string name, string expected) => Assert.Equal(expected, CNames.Snake(name));
}
