using System.Runtime.CompilerServices;
using Calico.Core.Bpf;
using Calico.Core.Chain.Declarations;
using Calico.Core.Maps;
using Calico.Sdk;

namespace Calico.Core.Events;

/// <summary>Reads one loaded plugin's event streams for it, and nobody else's.</summary>
internal sealed class PluginEventAccess(string pluginId, MapSet maps, RingReaders readers) : IPluginEvents
{
    private const int Batch = 256;

    public IAsyncEnumerable<T> ReadAsync<T>(EventStream<T> stream, CancellationToken cancellationToken)
        where T : unmanaged
    {
        EventDeclaration declared = Declared(stream);
        return Enumerate<T>(declared.CName, Map(stream.Name, declared.CName), cancellationToken);
    }

    public ulong Lost<T>(EventStream<T> stream)
        where T : unmanaged =>
        new PerCpuMap<uint, ulong>(Map(stream.Name, Declared(stream).LostCName))[0].Aggregate(0UL, (sum, count) => sum + count);

    private async IAsyncEnumerable<T> Enumerate<T>(string name, BpfMap map, [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : unmanaged
    {
        using IDisposable claim = await readers.ClaimAsync(name, this, cancellationToken);
        using var ring = new RingBuffer(map);
        var batch = new T[Batch];
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int count = ring.Read<T>(batch);
            for (int i = 0; i < count; i++)
            {
                yield return batch[i];
            }

            if (count == 0)
            {
                await readers.Waiter.WaitAsync(ring, cancellationToken);
            }
        }
    }

    private EventDeclaration Declared<T>(EventStream<T> stream)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(stream);
        return stream.PluginId == pluginId
            ? new EventDeclaration(pluginId, stream.Name, typeof(T), 0)
            : throw new InvalidOperationException(
                $"The event stream '{stream.Name}' belongs to plugin '{stream.PluginId}'; plugin '{pluginId}' may not read it.");
    }

    private BpfMap Map(string stream, string name) => maps.Maps.TryGetValue(name, out BpfMap? map)
        ? map
        : throw new InvalidOperationException(
            $"The event stream '{stream}' of plugin '{pluginId}' is not there yet: no generation with this plugin has been loaded. Read it when a command or a service runs, not when it is made.");
}
