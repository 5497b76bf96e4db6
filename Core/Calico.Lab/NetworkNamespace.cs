using Calico.Core.Net;

namespace Calico.Lab;

/// <summary>A network namespace with a name under /run/netns, as `ip netns` makes them.</summary>
public sealed class NetworkNamespace : IDisposable
{
    private const string Folder = "/run/netns";

    private NetworkNamespace(string name) => Name = name;

    /// <summary>The name that `ip netns` knows it by.</summary>
    public string Name { get; }

    /// <summary>The file that stands for it.</summary>
    public string Path => System.IO.Path.Combine(Folder, Name);

    /// <summary>Makes a namespace with its loopback up.</summary>
    public static NetworkNamespace Create(string name)
    {
        var created = new NetworkNamespace(name);
        IpBatch.Run($"netns add {name}");
        created.Ip("link set lo up");
        return created;
    }

    /// <summary>A namespace that is there already.</summary>
    public static NetworkNamespace Open(string name)
    {
        var existing = new NetworkNamespace(name);
        return File.Exists(existing.Path)
            ? existing
            : throw new LabException($"There is no network namespace '{name}' in {Folder}.");
    }

    /// <summary>The names of all namespaces that match.</summary>
    internal static IReadOnlyList<string> Names(Predicate<string> matches) => Directory.Exists(Folder)
        ? [.. Directory.EnumerateFiles(Folder).Select(file => System.IO.Path.GetFileName(file)).Where(name => matches(name)).Order(StringComparer.Ordinal)]
        : [];

    /// <summary>Takes a namespace for there that a batch makes.</summary>
    internal static NetworkNamespace Named(string name) => new(name);

    /// <summary>Runs a command inside to its end; an exception if it fails.</summary>
    public CommandResult Run(params IReadOnlyList<string> command) => TryRun(command).OrThrow();

    /// <summary>Runs a command inside to its end, whatever its exit code.</summary>
    public CommandResult TryRun(params IReadOnlyList<string> command) => CommandResult.Of([.. Prefix(), .. command]);

    /// <summary>Runs lines of `ip` commands (without the word ip) inside, in one process.</summary>
    public void Ip(params IReadOnlyList<string> lines) => IpBatch.Run(lines, Name);

    /// <summary>
    /// Runs code of this process inside, on a thread of its own. Sockets that it makes stay inside for life. The code
    /// must not await.
    /// </summary>
    public T Enter<T>(Func<T> inside) => NetworkNamespaceEntry.Run(Path, inside);

    /// <summary>The same for code without a result.</summary>
    public void Enter(Action inside) => NetworkNamespaceEntry.Run(Path, inside);

    /// <summary>Writes settings below /proc/sys, such as ("net/ipv4/ip_forward", "1").</summary>
    public void Set(params IReadOnlyList<(string Path, string Value)> settings) => Enter(() =>
    {
        foreach (var (path, value) in settings)
        {
            Sysctl.Write(path, value);
        }
    });

    /// <summary>Deletes the namespace; what still runs inside keeps it alive without a name.</summary>
    public void Delete()
    {
        if (File.Exists(Path))
        {
            IpBatch.Run($"netns delete {Name}");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Delete();

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>
    /// What precedes a command to run it inside. Not `ip netns exec`: that mounts a fresh /sys, in which bpffs is missing.
    /// </summary>
    private IReadOnlyList<string> Prefix() => ["nsenter", $"--net={Path}", "--"];
}
