namespace Calico.Core.Compile;

/// <summary>How a program is compiled. Part of a cached object's key.</summary>
/// <param name="Cpu">BPF instruction set: <c>v3</c>, or <c>v4</c> where the kernel takes it. clang's own default would be v1.</param>
/// <param name="Defines">Macros: name, or <c>NAME=value</c>.</param>
public sealed record ClangOptions(string Cpu, IReadOnlyList<string> Defines)
{
    /// <summary>For a CPU, without macros.</summary>
    public static ClangOptions For(string cpu) => new(cpu, []);

    internal IEnumerable<string> Arguments =>
    [
        "-target", "bpf", $"-mcpu={Cpu}", "-std=gnu11", "-O2", "-g",
        "-Wall", "-Werror",
        // Headers are libraries: a program uses a part of them.
        "-Wno-unused-function",
        // Packed structs are asked for in C#, where their offsets are checked.
        "-Wno-address-of-packed-member",
        // Headers are read through structs that overlap what they are read as: the kernel's own rule.
        "-fno-strict-aliasing",
        // The BPF back end has neither.
        "-fno-stack-protector", "-fno-asynchronous-unwind-tables",
        // No path of this machine in the object: the same input gives the same bytes everywhere.
        "-fdebug-compilation-dir=.", "-fno-ident",
        "-fno-color-diagnostics", "-fno-caret-diagnostics", "-ferror-limit=50",
        .. Defines.Select(define => "-D" + define),
    ];
}
