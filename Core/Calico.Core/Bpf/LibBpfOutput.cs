using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Calico.Core.Interop;

namespace Calico.Core.Bpf;

/// <summary>Keeps libbpf from writing to standard error and remembers its last lines, for error messages.</summary>
/// <remarks>
/// libbpf's print callback is process-wide, but it calls it on the thread that made the call: lines are kept per thread.
/// </remarks>
internal static unsafe class LibBpfOutput
{
    private const int MaxLines = 40;
    private const int MaxLineBytes = 2048;

    [ThreadStatic]
    private static Queue<string>? _lines;

    static LibBpfOutput() => LibBpf.libbpf_set_print(&Print);

    /// <summary>Installs the callback (once in the process) and forgets what this thread heard before.</summary>
    public static void Capture() => _lines?.Clear();

    /// <summary>What libbpf said on this thread since <see cref="Capture"/>.</summary>
    public static IReadOnlyList<string> Lines => _lines is null ? [] : [.. _lines];

    /// <summary>libbpf's last line, cleaned for the middle of a sentence; null when it said nothing.</summary>
    public static string? LastLine => Lines is [.., var line] ? "libbpf says: " + line.TrimEnd('.') : null;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Print(libbpf_print_level level, sbyte* format, void* arguments)
    {
        if (level == libbpf_print_level.LIBBPF_DEBUG)
        {
            return 0;
        }

        // An exception must not cross into C; there is nobody to tell, and the text is only an addition to an error.
        try
        {
            byte* buffer = stackalloc byte[MaxLineBytes];
            int length = Math.Min(LibC.vsnprintf(buffer, MaxLineBytes, format, arguments), MaxLineBytes - 1);
            string text = length <= 0 ? "" : Encoding.UTF8.GetString(buffer, length);
            _lines ??= new Queue<string>();
            foreach (string line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            {
                _lines.Enqueue(line.StartsWith("libbpf: ", StringComparison.Ordinal) ? line[8..] : line);
                if (_lines.Count > MaxLines)
                {
                    _lines.Dequeue();
                }
            }
        }
#pragma warning disable CA1031
        catch (Exception)
        {
            return -1;
        }
#pragma warning restore CA1031

        return 0;
    }
}
