namespace Calico.Core.Compile;

/// <summary>The layout of a C# struct as C will have it.</summary>
/// <param name="Type">The C# struct.</param>
/// <param name="Name">The C tag.</param>
/// <param name="Size">In bytes.</param>
/// <param name="Fields">In order of their offsets.</param>
/// <param name="Packed">Whether C would place a field elsewhere by itself.</param>
/// <param name="Alignment">The struct's own.</param>
public sealed record CStruct(Type Type, string Name, int Size, IReadOnlyList<CField> Fields, bool Packed, int Alignment);
