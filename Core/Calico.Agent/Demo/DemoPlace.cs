using System.Text.RegularExpressions;

namespace Calico.Agent.Demo;

/// <summary>All names that a demo gives on this machine, so that the next one finds what this one left.</summary>
/// <param name="Name">Tells demos apart that run at the same time.</param>
internal sealed record DemoPlace(string Name)
{
    private const string BpffsRoot = "/sys/fs/bpf/calico-sdk";

    /// <summary>What the names of the demo's network namespaces begin with.</summary>
    public string LabPrefix => $"calico-{Name}";

    /// <summary>Configurations, resources, sockets and what agents keep; gone with a reboot.</summary>
    public string Folder => $"/run/calico-sdk-{Name}";

    /// <summary>The resources, which all nodes share as a cluster's nodes share its store.</summary>
    public string Resources => Path.Combine(Folder, "resources");

    /// <summary>Where packages of plugins are unpacked.</summary>
    public string Plugins => Path.Combine(Folder, "plugins");

    /// <summary>The sockets over which peers are told what to send.</summary>
    public string Peers => Path.Combine(Folder, "peers");

    public string FolderOf(string node) => Path.Combine(Folder, node);

    public string InstanceOf(string node) => $"{Name}-{node}";

    public string BpffsOf(string node) => Path.Combine(BpffsRoot, InstanceOf(node));

    /// <summary>
    /// Removes what a demo of this name has on disk and pinned. Its processes and namespaces are the lab's to remove,
    /// under the lab's lock; without its pins nothing of the kernel's keeps a namespace alive.
    /// </summary>
    public void Remove()
    {
        if (Directory.Exists(BpffsRoot))
        {
            var own = new Regex($"^{Regex.Escape(Name)}-n[0-9]+$");
            foreach (string pins in Directory.EnumerateDirectories(BpffsRoot).Where(folder => own.IsMatch(Path.GetFileName(folder))))
            {
                Directory.Delete(pins, recursive: true);
            }
        }

        if (Directory.Exists(Folder))
        {
            Directory.Delete(Folder, recursive: true);
        }
    }
}
