using Calico.Core.Bpf;
using Calico.Core.Chain.Rendering;
using Calico.Core.Maps.Layout;
using Calico.Sdk;

namespace Calico.Core.Flows;

/// <summary>Judges a flow's age as the programs do, and tells its ticks as wall clock. Thread-safe.</summary>
internal sealed class FlowClock(ChainSettings settings) : IDisposable
{
    /// <summary>TICKS_AHEAD in bpf-templates/calico/ticks.h.</summary>
    private const uint TicksAhead = 64;

    private readonly KernelClock _kernel = new();

    public Moment Now() => new((uint)_kernel.Now().Jiffies, DateTimeOffset.UtcNow, settings);

    public void Dispose() => _kernel.Dispose();

    /// <summary>A moment on both clocks.</summary>
    public readonly record struct Moment(uint Ticks, DateTimeOffset Wall, ChainSettings Settings)
    {
        public bool IsExpired(in FlowEntry flow) => Age(flow.LastSeen) > Settings.TimeoutTicks((FlowState)(flow.State & 15));

        public DateTimeOffset WallOf(uint ticks) => Wall - TimeSpan.FromSeconds((double)Age(ticks) / Settings.TicksPerSecond);

        /// <summary>The later of two ticks, neither of which is far from now.</summary>
        public uint Later(uint one, uint other) => Age(one) <= Age(other) ? one : other;

        // Another processor may have written a tick that comes after ours; ticks are a circle, so its age would look like 2^32.
        private uint Age(uint ticks) => ticks - Ticks is > 0 and <= TicksAhead ? 0 : Ticks - ticks;
    }
}
