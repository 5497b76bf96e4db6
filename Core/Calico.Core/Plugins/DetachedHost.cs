using System.Reflection;
using Calico.Sdk;
using Microsoft.Extensions.Logging.Abstractions;

namespace Calico.Core.Plugins;

/// <summary>
/// What a host without a dataplane lends to plugins: for tools that load a plugin to read what it declares. It has
/// everything that a plugin's services may ask for, and nothing behind it.
/// </summary>
public static class DetachedHost
{
    /// <summary>The services; nothing is logged, and every other call of them throws.</summary>
    public static HostServices Services { get; } = new(
        NullLoggerFactory.Instance,
        DispatchProxy.Create<IFlowTable, Absent>(),
        _ => DispatchProxy.Create<IPluginMaps, Absent>())
    {
        IsDetached = true,
    };

    /// <summary>Stands for a part of the dataplane; the runtime derives from it.</summary>
#pragma warning disable CA1852 // It must not be sealed, for the reason above.
    internal class Absent : DispatchProxy
    {
        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => throw new InvalidOperationException(
            $"{targetMethod?.DeclaringType?.Name}.{targetMethod?.Name} was called, and no dataplane runs here: the plugin was loaded only to read what it declares.");
    }
#pragma warning restore CA1852
}
