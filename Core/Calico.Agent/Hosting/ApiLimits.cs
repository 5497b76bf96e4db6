using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Calico.Agent.Hosting;

/// <summary>What one client of the API can cost the agent.</summary>
internal static class ApiLimits
{
    public static void Apply(KestrelServerLimits limits)
    {
        // More than any number of people and exporters; fewer than would hurt.
        limits.MaxConcurrentConnections = 256;
        limits.MaxRequestBodySize = 64 * 1024;
        limits.MaxRequestHeadersTotalSize = 16 * 1024;
        limits.MaxResponseBufferSize = 64 * 1024;
        // A connection that says nothing, or not enough of a request, is closed.
        limits.KeepAliveTimeout = TimeSpan.FromSeconds(30);
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 1024, gracePeriod: TimeSpan.FromSeconds(5));
        // A client that does not read its answer loses it.
        limits.MinResponseDataRate = new MinDataRate(bytesPerSecond: 1024, gracePeriod: TimeSpan.FromSeconds(10));
    }
}
