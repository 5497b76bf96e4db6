namespace Calico.Sdk;

/// <summary>Reads the event streams that a plugin declared. A service of the host; thread-safe.</summary>
public interface IPluginEvents
{
    /// <summary>
    /// The events as they come, the oldest first, until <paramref name="cancellationToken"/> ends it with an
    /// <see cref="OperationCanceledException"/>. Costs nothing while there are none.
    /// </summary>
    /// <remarks>
    /// <para>
    /// An event is taken out of the ring a little before it is handed on (up to 256 at a time), so those already taken are
    /// gone when the reading ends. A reader that is slow lets the ring fill up, and stages then lose events:
    /// <see cref="Lost"/> counts them.
    /// </para>
    /// <para>
    /// A stream has one reader: enumerating it while another enumeration of the same plugin goes on throws
    /// <see cref="InvalidOperationException"/>. Whoever wants it twice passes it on. While a plugin is reloaded, the new
    /// version's reading waits for the end of the old one's.
    /// </para>
    /// </remarks>
    /// <typeparam name="T">The layout of one event.</typeparam>
    /// <param name="stream">What <see cref="IPluginBuilder.Events"/> returned.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="InvalidOperationException">
    /// The stream is another plugin's, is read already, or no generation with it is loaded yet.
    /// </exception>
    IAsyncEnumerable<T> ReadAsync<T>(EventStream<T> stream, CancellationToken cancellationToken)
        where T : unmanaged;

    /// <summary>How many events were lost since the stream exists, because its ring was full.</summary>
    /// <typeparam name="T">The layout of one event.</typeparam>
    /// <param name="stream">What <see cref="IPluginBuilder.Events"/> returned.</param>
    /// <exception cref="InvalidOperationException">The stream is another plugin's, or no generation with it is loaded yet.</exception>
    ulong Lost<T>(EventStream<T> stream)
        where T : unmanaged;
}
