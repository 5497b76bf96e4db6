using System.Globalization;
using Calico.Core.Interop;

namespace Calico.Core.Plugins;

/// <summary>
/// The users who may own a plugin's files, and the groups that may write them: a plugin runs with all the rights of
/// the agent, so whoever can write its folder is root.
/// </summary>
public sealed record TrustedOwners(IReadOnlySet<uint> Users, IReadOnlySet<uint> Groups)
{
    /// <summary>
    /// Root, the user of this process, and the user who called sudo: a plugin author tries what they have just built.
    /// </summary>
    public static TrustedOwners OfThisProcess()
    {
        HashSet<uint> users = [0, FileStatus.EffectiveUser];
        HashSet<uint> groups = [0, FileStatus.EffectiveGroup];
        AddNumber(users, "SUDO_UID");
        AddNumber(groups, "SUDO_GID");
        return new TrustedOwners(users, groups);
    }

    /// <summary>
    /// No check at all: for tools that load what their own caller has just built, with no more than the caller's rights.
    /// </summary>
    public static TrustedOwners Anyone { get; } = new(new HashSet<uint>(), new HashSet<uint>());

    /// <summary>The same, and one user more.</summary>
    public TrustedOwners And(uint user) => this with { Users = new HashSet<uint>(Users) { user } };

    /// <summary>Checks a folder and all that is in it; what lies above it is the operator's.</summary>
    /// <exception cref="PluginLoadException">Something is not owned or not protected as it must be.</exception>
    internal void Check(string folder)
    {
        if (ReferenceEquals(this, Anyone))
        {
            return;
        }

        CheckOne(folder);
        // Links are not followed, so that what was checked is what is loaded.
        var everything = new EnumerationOptions { RecurseSubdirectories = false, AttributesToSkip = 0, IgnoreInaccessible = false };
        var waiting = new Stack<DirectoryInfo>([new DirectoryInfo(folder)]);
        while (waiting.TryPop(out DirectoryInfo? next))
        {
            foreach (FileSystemInfo entry in next.EnumerateFileSystemInfos("*", everything))
            {
                if (entry.LinkTarget is not null)
                {
                    throw new PluginLoadException(
                        $"{entry.FullName} is a symbolic link. A plugin's folder must hold the files themselves: copy the target in its place.");
                }

                CheckOne(entry.FullName);
                if (entry is DirectoryInfo inner)
                {
                    waiting.Push(inner);
                }
            }
        }
    }

    private static void AddNumber(HashSet<uint> numbers, string variable)
    {
        if (uint.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out uint number))
        {
            numbers.Add(number);
        }
    }

    private void CheckOne(string path)
    {
        (uint user, uint group, UnixFileMode mode) = FileStatus.Read(path);
        if (!Users.Contains(user))
        {
            throw new PluginLoadException(
                $"{path} belongs to user {user}, and a plugin runs with all the rights of the agent. Give its folder to root: chown -R root:root FOLDER.");
        }

        bool othersWrite = mode.HasFlag(UnixFileMode.OtherWrite);
        bool groupWrites = mode.HasFlag(UnixFileMode.GroupWrite) && !Groups.Contains(group);
        if (othersWrite || groupWrites)
        {
            throw new PluginLoadException(
                $"{path} can be written by {(othersWrite ? "everybody" : $"group {group}")}, and a plugin runs with all the rights of the agent. Take that right away: chmod -R go-w FOLDER.");
        }
    }
}
