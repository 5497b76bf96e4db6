using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Calico.Core.Interop;

/// <summary>Who owns a file and who may write it.</summary>
internal static partial class FileStatus
{
    /// <summary>The user whom the kernel takes this process for.</summary>
    public static uint EffectiveUser => GetEffectiveUser();

    /// <summary>The group whom the kernel takes this process for.</summary>
    public static uint EffectiveGroup => GetEffectiveGroup();

    /// <summary>Owner, group and mode of a file or folder; symbolic links are followed.</summary>
    /// <exception cref="IOException">The path cannot be looked at.</exception>
    public static (uint User, uint Group, UnixFileMode Mode) Read(string path)
    {
        if (Statx.statx(Statx.AT_FDCWD, path, 0, Statx.STATX_BASIC_STATS, out Statx.statx_result status) != 0)
        {
            int error = Marshal.GetLastPInvokeError();
            throw new IOException($"{path}: {new Win32Exception(error).Message} (errno {error})");
        }

        return (status.stx_uid, status.stx_gid, (UnixFileMode)(status.stx_mode & 0x0fff));
    }

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint GetEffectiveUser();

    [LibraryImport("libc", EntryPoint = "getegid")]
    private static partial uint GetEffectiveGroup();
}
