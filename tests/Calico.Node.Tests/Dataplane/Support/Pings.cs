using System.Globalization;
using System.Net;
using Calico.Lab;

namespace Calico.Node.Tests.Dataplane.Support;

/// <summary>ICMP echo by the system's own <c>ping</c>.</summary>
internal static class Pings
{
    /// <summary>Whether one of three requests is answered within a second each.</summary>
    public static bool CanPing(this NetworkNamespace from, IPAddress to, params IReadOnlyList<string> more)
    {
        for (var attempt = 0; attempt < 3; attempt++)
        {
            if (from.Ping(to, more).ExitCode == 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>One request.</summary>
    public static CommandResult Ping(this NetworkNamespace from, IPAddress to, params IReadOnlyList<string> more) =>
        from.TryRun(["ping", "-n", "-c", "1", "-W", 1.ToString(CultureInfo.InvariantCulture), .. more, $"{to}"]);
}
