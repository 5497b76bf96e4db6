using Calico.Sdk;

namespace Calico.Core.Events;

/// <summary>What a host without a dataplane lends: there is nothing to read.</summary>
internal sealed class AbsentEvents : IPluginEvents
{
    public IAsyncEnumerable<T> ReadAsync<T>(EventStream<T> stream, CancellationToken cancellationToken)
        where T : unmanaged => throw Absent();

    public ulong Lost<T>(EventStream<T> stream)
        where T : unmanaged => throw Absent();

    private static InvalidOperationException Absent() => new("No dataplane runs here, so there are no events.");
}
