using System.Runtime.InteropServices;
using Calico.Core.Interop;

namespace Calico.Core.Bpf;

/// <summary>Loads compiled objects (ELF files with BTF) through libbpf.</summary>
public static class BpfObject
{
    // libbpf loads without a log first and asks for one only after a refusal. A small buffer is enough for most
    // refusals; a verifier that explored many states wants megabytes, and gets them in a second attempt.
    private static readonly int[] _logSizes = [256 * 1024, 16 * 1024 * 1024 - 1];

    /// <summary>Loads all programs of an object.</summary>
    /// <param name="name">The object's name in errors, and the prefix of its global data in the kernel.</param>
    /// <param name="elf">The compiled object.</param>
    /// <param name="maps">Maps to use in place of those that the object declares under the same names. Others are created.</param>
    /// <param name="options">How to load; null for plain loading.</param>
    /// <exception cref="BpfException">With the failing program as its subject and the verifier's log, when that was the reason.</exception>
    public static LoadedObject Load(string name, ReadOnlyMemory<byte> elf, IReadOnlyDictionary<string, BpfMap> maps, BpfLoadOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(maps);
        options ??= BpfLoadOptions.Default;
        LibBpfOutput.Capture();
        for (int attempt = 0; ; attempt++)
        {
            using OpenObject opened = new(name, elf.Span);
            opened.UseMaps(maps);
            opened.Configure(options);
            using ProgramLogs logs = new(opened.ProgramCount, _logSizes[attempt]);
            opened.GiveLogs(logs);
            int result = opened.Load();
            if (result >= 0)
            {
                return opened.Take(maps);
            }

            int failed = logs.FirstWritten();
            if (failed >= 0 && logs.IsCut(failed) && attempt + 1 < _logSizes.Length)
            {
                continue;
            }

            throw opened.Refusal(result, failed, failed < 0 ? null : logs.Text(failed));
        }
    }
}

/// <summary>One log buffer for each program, in native memory because libbpf keeps the addresses.</summary>
internal sealed unsafe class ProgramLogs(int programs, int size) : IDisposable
{
    // Untouched pages of a zeroed allocation cost nothing: only the failing program's buffer is ever written.
    private byte* _memory = (byte*)NativeMemory.AllocZeroed((nuint)Math.Max(programs, 1), (nuint)size);

    public int Size { get; } = size;

    public sbyte* Buffer(int program) => (sbyte*)_memory + ((nint)program * Size);

    public int FirstWritten()
    {
        for (int program = 0; program < programs; program++)
        {
            if (*Buffer(program) != 0)
            {
                return program;
            }
        }

        return -1;
    }

    public string Text(int program) => NativeText.Read(new ReadOnlySpan<sbyte>(Buffer(program), Size));

    /// <summary>True when the log fills its buffer: the kernel then kept only its end.</summary>
    public bool IsCut(int program) => new ReadOnlySpan<sbyte>(Buffer(program), Size).IndexOf((sbyte)0) is var end && (end < 0 || end >= Size - 2);

    public void Dispose()
    {
        NativeMemory.Free(_memory);
        _memory = null;
    }
}
