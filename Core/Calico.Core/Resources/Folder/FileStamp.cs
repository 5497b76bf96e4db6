using System.Runtime.InteropServices;
using Calico.Core.Interop;

namespace Calico.Core.Resources.Folder;

/// <summary>What kind of thing a path leads to.</summary>
internal enum FileType
{
    Regular,
    Folder,
    Link,
    Other,
}

/// <summary>Tells, without reading it, whether a file is still the one that was read.</summary>
internal readonly record struct FileStamp(FileType Type, uint DeviceMajor, uint DeviceMinor, ulong Inode, ulong Size, long ModifiedNs, long ChangedNs)
{
    private const long NsPerSecond = 1_000_000_000;

    /// <summary>Looks at a path.</summary>
    /// <param name="path">The path.</param>
    /// <param name="followLinks">Whether to look at what a symbolic link leads to.</param>
    /// <param name="stamp">What is there.</param>
    /// <param name="error">The errno if there is nothing to look at.</param>
    public static bool TryTake(string path, bool followLinks, out FileStamp stamp, out int error)
    {
        int flags = followLinks ? 0 : Statx.AT_SYMLINK_NOFOLLOW;
        if (Statx.statx(Statx.AT_FDCWD, path, flags, Statx.STATX_BASIC_STATS, out Statx.statx_result result) != 0)
        {
            error = Marshal.GetLastPInvokeError();
            stamp = default;
            return false;
        }

        error = 0;
        stamp = new FileStamp(
            (result.stx_mode & Statx.S_IFMT) switch
            {
                Statx.S_IFREG => FileType.Regular,
                Statx.S_IFDIR => FileType.Folder,
                Statx.S_IFLNK => FileType.Link,
                _ => FileType.Other,
            },
            result.stx_dev_major,
            result.stx_dev_minor,
            result.stx_ino,
            result.stx_size,
            result.stx_mtime.tv_sec * NsPerSecond + result.stx_mtime.tv_nsec,
            result.stx_ctime.tv_sec * NsPerSecond + result.stx_ctime.tv_nsec);
        return true;
    }
}
