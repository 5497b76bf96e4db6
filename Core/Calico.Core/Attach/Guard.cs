using Calico.Core.Bpf;
using Calico.Core.Chain.Rendering;
using Calico.Core.Compile;
using Calico.Core.Configuration;

namespace Calico.Core.Attach;

public sealed class Guard : IDisposable
{
    public string Mode { get; } = "off";
    public static Guard Install(GuardSpec spec, KernelFeatures features, ProgramCompiler compiler, string folder) => new();
    public static void Remove(string instance, string folder) { }
    public void Dispose() { }
}
public sealed record GuardSpec
{
    public static GuardSpec Of(AgentConfiguration configuration, ChainSettings settings) => new();
}
