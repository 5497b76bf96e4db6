using Calico.Core.Net;
using Microsoft.Extensions.Logging;

namespace Calico.Core.Runtime;

/// <summary>
/// What the kernel must do for the chains: forward. A packet that is too big or too old, or whose way is not ours, is
/// the stack's to answer or to send on.
/// </summary>
internal static class HostSettings
{
    private static readonly (string Key, string Value)[] Wanted =
    [
        ("net/ipv4/ip_forward", "1"),
        ("net/ipv6/conf/all/forwarding", "1"),
    ];

    public static void Apply(ILogger logger)
    {
        foreach (var (key, value) in Wanted)
        {
            try
            {
                if (Sysctl.Read(key).Trim() != value)
                {
                    Sysctl.Write(key, value);
                    logger.LogInformation("Set {Key} to {Value}", key, value);
                }
            }
            catch (IOException refused)
            {
                logger.LogWarning("{Key} could not be set to {Value}: {Reason}", key, value, refused.Message);
            }
        }
    }
}
