using Calico.Core.Bpf;
using Calico.Core.Maps.Layout;

namespace Calico.Core.Chain.Rendering;

/// <summary>What traced chains have beside the others.</summary>
public static class TraceMaps
{
    /// <summary>The maps of these settings: none where nothing is traced.</summary>
    public static IReadOnlyList<SharedMap> Of(ChainSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return settings.Trace ? [new SharedMap("trace", MapType.PerCpuArray, typeof(uint), typeof(TraceBuffer), 1)] : [];
    }
}
