using Calico.Core.Bpf;
using Calico.Core.Chain;
using Microsoft.Extensions.Logging;

namespace Calico.Core.Runtime.Sockets;

/// <summary>
/// The links that hold socket programs at a cgroup: pinned, so that they outlive the agent, and swapped in place. Only
/// the dataplane's writer uses it, and the start before there is one.
/// </summary>
internal sealed class SocketAttachments : IDisposable
{
    // A pin that stands in for the one it will replace; no name of a program has a '+'.
    private const string Aside = "+new";

    private readonly CgroupFolder? _cgroup;
    private readonly string _folder;
    private readonly Dictionary<string, BpfLink> _links = new(StringComparer.Ordinal);
    private IReadOnlyList<LoadedSocketProgram> _programs = [];
    private volatile IReadOnlyList<string> _problems = [];
    private string? _failure;

    private SocketAttachments(CgroupFolder? cgroup, string folder)
    {
        _cgroup = cgroup;
        _folder = folder;
    }

    /// <summary>What keeps programs from being attached.</summary>
    public IReadOnlyList<string> Problems => _problems;

    /// <summary>
    /// Adopts what an earlier agent attached and puts the programs there. What cannot be attached is a problem that is
    /// shown: packets are forwarded without it.
    /// </summary>
    public static SocketAttachments Start(string? cgroup, string folder, LoadedSocketPrograms programs, ILogger logger)
    {
        var sockets = new SocketAttachments(null, folder);
        try
        {
            sockets = new SocketAttachments(cgroup is null ? null : CgroupFolder.Open(cgroup), folder);
            sockets.Adopt();
            sockets.Swap(programs);
        }
        catch (Exception refused) when (refused is BpfException or IOException)
        {
            sockets._failure = $"Socket programs are not attached: {refused.Message}";
            sockets._problems = [sockets._failure];
        }

        foreach (var problem in sockets._problems)
        {
            logger.LogError("{Problem}", problem);
        }

        return sockets;
    }

    /// <summary>Puts these in the place of those that are attached, each in one step; all, or an exception and none.</summary>
    /// <exception cref="BpfException">The kernel refused one.</exception>
    public void Swap(LoadedSocketPrograms next)
    {
        if (_cgroup is null)
        {
            _problems = _failure is not null ? [_failure] : [.. Unattached(next)];
            return;
        }

        var updated = new List<string>();
        var made = new Dictionary<string, BpfLink>(StringComparer.Ordinal);
        try
        {
            foreach (var hook in next.Programs.GroupBy(program => program.Rendered.Hook))
            {
                Put(hook.Key, [.. hook], updated, made);
            }
        }
        catch
        {
            Undo(updated, made);
            throw;
        }

        // Nothing that changes what runs fails after this.
        foreach (var (name, link) in made)
        {
            File.Move(PinOf(name + Aside), PinOf(name), overwrite: true);
            Replace(name, link);
        }

        Drop(_links.Keys.Except(next.Programs.Select(program => program.PinName), StringComparer.Ordinal).ToList());
        _programs = next.Programs;
        _problems = [];
    }

    /// <summary>Lets go of them; what is pinned stays in force.</summary>
    public void Dispose()
    {
        foreach (var link in _links.Values)
        {
            link.Dispose();
        }

        _cgroup?.Dispose();
    }

    // The kernel appends: whatever comes behind a new one is attached anew too, before its former link goes, so that it
    // stands behind. For that moment it runs twice.
    private void Put(SocketHook hook, List<LoadedSocketProgram> programs, List<string> updated, Dictionary<string, BpfLink> made)
    {
        var isBehindNew = false;
        foreach (var program in programs)
        {
            if (!isBehindNew && _links.TryGetValue(program.PinName, out var link))
            {
                link.Update(program.Program);
                updated.Add(program.PinName);
                continue;
            }

            isBehindNew = true;
            var fresh = BpfLink.AttachCgroup(program.Program, _cgroup!, hook.AttachType);
            made.Add(program.PinName, fresh);
            Directory.CreateDirectory(_folder);
            fresh.Pin(PinOf(program.PinName + Aside));
        }
    }

    private void Undo(List<string> updated, Dictionary<string, BpfLink> made)
    {
        foreach (var program in _programs.Where(program => updated.Contains(program.PinName)))
        {
            _links[program.PinName].Update(program.Program);
        }

        foreach (var (name, link) in made)
        {
            File.Delete(PinOf(name + Aside));
            link.Dispose();
        }
    }

    // Links of another cgroup (the operator named a new one, or it was made anew) hold nothing of use.
    private void Adopt()
    {
        foreach (var pin in Directory.Exists(_folder) ? Directory.GetFiles(_folder) : [])
        {
            var link = BpfLink.OpenPinned(pin);
            if (_cgroup is not null && link.Info().CgroupId == _cgroup.Id && !pin.EndsWith(Aside, StringComparison.Ordinal))
            {
                _links.Add(Path.GetFileName(pin), link);
            }
            else
            {
                File.Delete(pin);
                link.Dispose();
            }
        }
    }

    private void Replace(string name, BpfLink link)
    {
        _links.GetValueOrDefault(name)?.Dispose();
        _links[name] = link;
    }

    private void Drop(List<string> names)
    {
        foreach (var name in names)
        {
            File.Delete(PinOf(name));
            _links.Remove(name, out var link);
            link?.Dispose();
        }
    }

    private string PinOf(string name) => Path.Combine(_folder, name);

    private static IEnumerable<string> Unattached(LoadedSocketPrograms programs) => programs.Programs
        .Select(program => program.Rendered.Declaration)
        .Distinct()
        .Select(program => $"Plugin {program.PluginId}: its socket program '{program.Name}' is loaded and not attached, because no cgroup is configured. Name one in agent.yaml: attach.cgroup.");
}
