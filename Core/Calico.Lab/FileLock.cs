namespace Calico.Lab;

/// <summary>A lock that the kernel releases when its process ends, however it ends.</summary>
internal static class FileLock
{
    /// <summary>
    /// The held lock; null if another has it all the time. It is worth some patience even for a lock that was just
    /// released: a process that is being started holds its parent's files for the moment until it becomes another program.
    /// </summary>
    internal static FileStream? TryTake(string path, TimeSpan patience)
    {
        var end = Environment.TickCount64 + (long)patience.TotalMilliseconds;
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (Environment.TickCount64 < end)
            {
                Thread.Sleep(5);
            }
            catch (IOException)
            {
                return null;
            }
        }
    }
}
