using System.Text.RegularExpressions;

namespace Calico.Agent.Demo;

/// <summary>All names that a demo gives on this machine, so that the next one finds what this one left.</summary>
/// <param name="Name">Tells demos apart that run at the same time.</param>
internal sealed record DemoPlace(string Name)
{
    // Where agents are found by their instance's name: `calico flows --instance demo-n1` asks the first node of a running demo.
    private const string RunRoot = "/run/calico-sdk";
    private const string BpffsRoot = "/sys/fs/bpf/calico-sdk";

    /// <summary>What the names of the demo's network namespaces begin with.</summary>
    public string LabPrefix => $"calico-{Name}";

    /// <summary>Configurations, resources and what agents keep; gone with a reboot.</summary>
    public string Folder => $"/run/calico-sdk-{Name}";

    /// <summary>The resources, which all nodes share as a cluster's nodes share its store.</summary>
    public string Resources => Path.Combine(Folder, "resources");

    /// <summary>Where packages of plugins are unpacked.</summary>
    public string Plugins => Path.Combine(Folder, "plugins");

    /// <summary>The sockets over which peers are told what to send.</summary>
    public string Peers => Path.Combine(Folder, "peers");

    public string FolderOf(string node) => Path.Combine(Folder, node);

    public string InstanceOf(string node) => $"{Name}-{node}";

    public string RunOf(string node) => Path.Combine(RunRoot, InstanceOf(node));

    public string BpffsOf(string node) => Path.Combine(BpffsRoot, InstanceOf(node));

    /// <summary>
    /// Removes what a demo of this name has on disk and pinned. Its processes and namespaces are the lab's to remove,
    /// under the lab's lock; without its pins nothing of the kernel's keeps a namespace alive.
    /// </summary>
    public void Remove()
    {
        foreach (string folder in OfInstances(BpffsRoot).Concat(OfInstances(RunRoot)).Append(Folder).Where(Directory.Exists))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private IReadOnlyList<string> OfInstances(string root)
    {
        var own = new Regex($"^{Regex.Escape(Name)}-n[0-9]+$");
        return Directory.Exists(root)
            ? [.. Directory.EnumerateDirectories(root).Where(folder => own.IsMatch(Path.GetFileName(folder)))]
            : [];
    }
}
