using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Calico.Core.Chain;
using Calico.Sdk;

namespace Calico.Core.Plugins;

/// <summary>The decoders of the plugins that are loaded now.</summary>
/// <param name="plugins">Those plugins.</param>
/// <param name="plan">The plan in force, which knows the fields' decoders; null while there is none.</param>
public sealed class IdDecoders(Func<IReadOnlyList<LoadedPlugin>> plugins, Func<ChainPlan?> plan) : IIdDecoders
{
    /// <summary>Of a host without plugins: it knows no names.</summary>
    public static IIdDecoders None { get; } = new IdDecoders(() => [], () => null);

    public string? Decode(string pluginId, string decoder, ulong id) =>
        plugins().FirstOrDefault(plugin => plugin.Id == pluginId)?.Decoders.FirstOrDefault(known => known.Name == decoder)?.Decode(id);

    public string? Decode<T>(FlowField<T> field, T value)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(field);
        string? decoder = plan()?.Plugins.FirstOrDefault(plugin => plugin.Id == field.PluginId)?
            .FlowFields.FirstOrDefault(known => known.Name == field.Name)?.Decoder;
        if (decoder is null || Unsafe.SizeOf<T>() > sizeof(ulong))
        {
            return null;
        }

        ulong id = 0;
        MemoryMarshal.Write(MemoryMarshal.AsBytes(new Span<ulong>(ref id)), in value);
        return Decode(field.PluginId, decoder, id);
    }
}
