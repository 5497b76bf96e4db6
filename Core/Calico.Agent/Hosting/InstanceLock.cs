using System.Globalization;

namespace Calico.Agent.Hosting;

/// <summary>
/// Sees to it that an instance has one agent. The lock is the kernel's (flock), so it goes with the process, however it
/// ends; its file stays, for two processes must not lock two files. Another file names the holder.
/// </summary>
internal sealed class InstanceLock : IDisposable
{
    private const UnixFileMode FolderMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute;

    private const UnixFileMode FileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    // EWOULDBLOCK, which .NET hands on as the low word of the error's code.
    private const int WouldBlock = 11;

    private readonly FileStream _file;
    private readonly string _nameFile;

    private InstanceLock(FileStream file, string nameFile) => (_file, _nameFile) = (file, nameFile);

    /// <summary>Takes the instance, and makes its folder where there is none.</summary>
    /// <param name="place">The instance.</param>
    /// <param name="remedy">What to do if another agent has it.</param>
    /// <exception cref="AgentStartException">Another agent has it, or the folder is not fit.</exception>
    public static InstanceLock Take(AgentPlace place, string remedy)
    {
        string path = Path.Combine(place.RunFolder, "agent.lock");
        try
        {
            MakeFolder(place.RunFolder);
            // FileShare.None is an exclusive flock.
            var file = new FileStream(path, new FileStreamOptions
            {
                Mode = System.IO.FileMode.OpenOrCreate,
                Access = FileAccess.ReadWrite,
                Share = FileShare.None,
                UnixCreateMode = FileMode,
                BufferSize = 0,
            });
            var held = new InstanceLock(file, NameFile(place));
            held.Sign();
            return held;
        }
        catch (IOException error) when ((error.HResult & 0xFFFF) == WouldBlock)
        {
            throw new AgentStartException(
                $"An agent{Holder(place)} already runs as instance '{place.Instance}'. {remedy}");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new AgentStartException($"The folder {place.RunFolder} cannot be used: {error.Message} An agent runs as root.");
        }
    }

    /// <summary>Takes the files away that an agent leaves for the next one, when there is to be none.</summary>
    public void RemoveTraces()
    {
        File.Delete(_nameFile);
        File.Delete(_file.Name);
        string folder = Path.GetDirectoryName(_file.Name)!;
        if (!Directory.EnumerateFileSystemEntries(folder).Any())
        {
            Directory.Delete(folder);
        }
    }

    public void Dispose()
    {
        if (Directory.Exists(Path.GetDirectoryName(_nameFile)))
        {
            File.Delete(_nameFile);
        }

        _file.Dispose();
    }

    private static string NameFile(AgentPlace place) => Path.Combine(place.RunFolder, "agent.pid");

    private static void MakeFolder(string folder)
    {
        if (!Directory.Exists(folder))
        {
            Directory.CreateDirectory(folder, FolderMode);
            return;
        }

        UnixFileMode mode = File.GetUnixFileMode(folder);
        if ((mode & UnixFileMode.OtherWrite) != 0)
        {
            throw new AgentStartException($"Everyone may write to {folder}, and so could take the agent's socket away. `chmod 0750 {folder}`, or choose another folder as paths.run.");
        }
    }

    // Not into the locked file: .NET takes a lock even to read, so that nobody could.
    private void Sign() => File.WriteAllText(_nameFile, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));

    private static string Holder(AgentPlace place)
    {
        try
        {
            return $" (process {File.ReadAllText(NameFile(place))})";
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
