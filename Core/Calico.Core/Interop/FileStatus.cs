using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Calico.Core.Interop;

/// <summary>
/// Who owns a file and who may write it. statx(2) rather than stat(2): its structure is the same on every architecture.
/// </summary>
internal static partial class FileStatus
{
    private const int AtFdCwd = -100;
    private const uint StatxBasicStats = 0x7ff;

    /// <summary>The user whom the kernel takes this process for.</summary>
    public static uint EffectiveUser => GetEffectiveUser();

    /// <summary>The group whom the kernel takes this process for.</summary>
    public static uint EffectiveGroup => GetEffectiveGroup();

    /// <summary>Owner, group and mode of a file or folder; symbolic links are followed.</summary>
    /// <exception cref="IOException">The path cannot be looked at.</exception>
    public static (uint User, uint Group, UnixFileMode Mode) Read(string path)
    {
        if (StatX(AtFdCwd, path, 0, StatxBasicStats, out Statx status) != 0)
        {
            int error = Marshal.GetLastPInvokeError();
            throw new IOException($"{path}: {new Win32Exception(error).Message} (errno {error})");
        }

        return (status.User, status.Group, (UnixFileMode)(status.Mode & 0x0fff));
    }

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatX(int folder, string path, int flags, uint mask, out Statx status);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint GetEffectiveUser();

    [LibraryImport("libc", EntryPoint = "getegid")]
    private static partial uint GetEffectiveGroup();

    /// <summary>struct statx of linux/stat.h, 256 bytes, of which we read three members.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct Statx
    {
        [FieldOffset(20)]
        public uint User;

        [FieldOffset(24)]
        public uint Group;

        [FieldOffset(28)]
        public ushort Mode;
    }
}
