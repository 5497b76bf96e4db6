namespace Calico.Core.Compile;

/// <summary>An eBPF object file (ELF with BTF).</summary>
/// <param name="Name">The template it came from.</param>
/// <param name="Elf">The file's bytes.</param>
/// <param name="Key">SHA-256 of everything that went into it, in hexadecimal: source, headers, flags, compiler.</param>
/// <param name="FromCache">Whether it was compiled by an earlier call.</param>
public sealed record CompiledObject(string Name, ReadOnlyMemory<byte> Elf, string Key, bool FromCache);
