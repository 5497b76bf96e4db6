using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Calico.Core.Interop;

/// <summary>Makes a rename or a new file outlast a power failure: its folder must be flushed, too, which .NET cannot open.</summary>
internal static partial class FolderSync
{
    private const int ReadOnlyDirectory = 0x10000 | 0x80000; // O_DIRECTORY | O_CLOEXEC on x64
    private const int ReadOnlyDirectoryArm = 0x4000 | 0x80000;

    /// <exception cref="IOException">The disk refused.</exception>
    public static void Flush(string folder)
    {
        int descriptor = Open(folder, RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? ReadOnlyDirectoryArm : ReadOnlyDirectory);
        if (descriptor < 0)
        {
            throw Failure(folder);
        }

        try
        {
            if (Sync(descriptor) != 0)
            {
                throw Failure(folder);
            }
        }
        finally
        {
            _ = LibC.close(descriptor);
        }
    }

    private static IOException Failure(string folder)
    {
        int error = Marshal.GetLastPInvokeError();
        return new IOException($"{folder} could not be flushed to the disk: {new Win32Exception(error).Message} (errno {error})");
    }

    // open(2) is variadic for its mode, which is not given here.
    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Sync(int descriptor);
}
