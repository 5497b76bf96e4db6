using Calico.Sdk.Resources;

namespace Calico.Core.Configuration;

/// <summary>Where the agent keeps things, all absolute.</summary>
public sealed record PathConfiguration
{
    /// <summary>What must outlive a reboot: installed plugins.</summary>
    public required string State { get; init; }

    /// <summary>The plugins that were installed: <c>ID/VERSION/</c>.</summary>
    public string Plugins => System.IO.Path.Combine(State, "plugins");

    /// <summary>What can be made again: compiled programs.</summary>
    public required string Cache { get; init; }

    /// <summary>What is gone after a reboot: sockets and locks of this instance.</summary>
    public required string Run { get; init; }

    /// <summary>Where this instance's programs, maps and links are pinned; on a bpf file system.</summary>
    public required string Bpffs { get; init; }

    /// <summary>The socket of the API.</summary>
    public required string ApiSocket { get; init; }

    internal static PathConfiguration Read(FieldReader paths, string instance, ConfigurationFolder folder)
    {
        string run = folder.Path(paths, "run") ?? $"/run/calico-sdk/{instance}";
        string socket = folder.Path(paths, "apiSocket") ?? $"{run}/api.sock";
        if (ConfigurationFolder.IsTooLongForSocket(socket))
        {
            paths.Error("apiSocket", $"'{socket}' is longer than the 107 bytes that the kernel allows for a socket's path; choose a shorter one");
        }

        return new PathConfiguration
        {
            State = folder.Path(paths, "state") ?? "/var/lib/calico-sdk",
            Cache = folder.Path(paths, "cache") ?? "/var/cache/calico-sdk",
            Run = run,
            Bpffs = folder.Path(paths, "bpffs") ?? $"/sys/fs/bpf/calico-sdk/{instance}",
            ApiSocket = socket,
        };
    }
}
