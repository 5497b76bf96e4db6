using Calico.Sdk;

namespace Calico.Core.Chain.Declarations;

/// <summary>One socket program as its plugin asked for it.</summary>
public sealed record SocketProgramDeclaration(string PluginId, string Name, SocketHooks Hooks)
{
    public string Template { get; init; } = Name + ".bpf.c.sbn";

    public IReadOnlyList<StageParameter> Parameters { get; init; } = [];

    /// <summary>What its program for a hook is called in C: unique among all plugins.</summary>
    public string CName(SocketHook hook)
    {
        ArgumentNullException.ThrowIfNull(hook);
        return $"{PluginId.Replace('-', '_')}_{Name}_{hook.Name}";
    }

    /// <summary>The hooks that it is at, in their order.</summary>
    public IEnumerable<SocketHook> AtHooks => SocketHook.All.Where(hook => Hooks.HasFlag(hook.Hook));
}
