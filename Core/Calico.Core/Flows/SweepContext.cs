using Calico.Sdk;

namespace Calico.Core.Flows;

/// <summary>The context of the sweeping program: what it writes back.</summary>
[CName("sweep")]
internal struct SweepContext
{
    public ulong Seen;
    public ulong Removed;
}
