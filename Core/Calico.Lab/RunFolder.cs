using System.Globalization;
using Calico.Lab.Interop;

namespace Calico.Lab;

/// <summary>
/// What a lab notes under /run so that the next one can clean up after a crash: a file for each process that it
/// started, written by that process itself before it becomes the real command, so that a kill in between leaves no
/// process without a note. A lock that the kernel releases with the process that held it tells a running lab from
/// a crashed one.
/// </summary>
internal sealed class RunFolder : IDisposable
{
    private const string Root = "/run/calico-sdk-lab";

    private static readonly TimeSpan LockPatience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PassagePatience = TimeSpan.FromSeconds(30);

    private readonly FileStream _lock;

    private RunFolder(string folder, FileStream held)
    {
        Path = folder;
        _lock = held;
    }

    internal string Path { get; }

    /// <summary>Takes the folder of this prefix for this process; an exception if another lab holds it.</summary>
    internal static RunFolder Take(string prefix)
    {
        var folder = System.IO.Path.Combine(Root, prefix);
        using var passage = Passage();
        Directory.CreateDirectory(folder);
        return FileLock.TryTake(System.IO.Path.Combine(folder, "lock"), LockPatience) is { } held
            ? new RunFolder(folder, held)
            : throw new LabException($"A lab named '{prefix}' is running already on this machine (it holds {folder}/lock). End it first, or choose another name.");
    }

    /// <summary>Kills the process groups that are noted here and still the ones that were noted; forgets the others.</summary>
    internal void KillNotedProcesses()
    {
        foreach (var note in Directory.EnumerateFiles(Path, "*.pid"))
        {
            if (int.TryParse(System.IO.Path.GetFileNameWithoutExtension(note), NumberStyles.None, CultureInfo.InvariantCulture, out var pid)
                && ProcessStart.TryParse(File.ReadAllText(note)) is { } noted
                && noted == ProcessStart.TryRead(pid))
            {
                ProcessSignal.ToGroup(pid, LabSignal.Kill);
                SpinWait.SpinUntil(() => noted != ProcessStart.TryRead(pid) || ProcessStart.IsZombie(pid), TimeSpan.FromSeconds(2));
            }

            File.Delete(note);
        }
    }

    internal bool HasNoted(int pid) => File.Exists(NoteOf(pid));

    internal void Forget(int pid) => File.Delete(NoteOf(pid));

    private string NoteOf(int pid) => System.IO.Path.Combine(Path, $"{pid}.pid");

    /// <summary>Releases the lock and removes the folder, if nothing is noted any more.</summary>
    public void Dispose()
    {
        using var passage = Passage();
        if (!Directory.EnumerateFiles(Path, "*.pid").Any())
        {
            Directory.Delete(Path, recursive: true);
        }

        _lock.Dispose();
    }

    // One at a time opens or deletes a lab's lock: else one could lock a file that another is about to delete.
    private static FileStream Passage()
    {
        Directory.CreateDirectory(Root);
        return FileLock.TryTake(System.IO.Path.Combine(Root, "lock"), PassagePatience)
            ?? throw new LabException($"Somebody has held {Root}/lock for {PassagePatience.TotalSeconds} s. See who with 'lslocks'.");
    }
}
