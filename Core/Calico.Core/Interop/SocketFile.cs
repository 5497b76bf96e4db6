namespace Calico.Core.Interop;

/// <summary>The file of a unix socket, which .NET cannot tell from a plain file.</summary>
public static class SocketFile
{
    // S_IFSOCK of linux/stat.h.
    private const int SocketType = 0xc000;

    /// <summary>Whether there is a socket at this path.</summary>
    public static bool Exists(string path) =>
        Statx.statx(Statx.AT_FDCWD, path, 0, Statx.STATX_BASIC_STATS, out Statx.statx_result status) == 0
        && (status.stx_mode & Statx.S_IFMT) == SocketType;
}
