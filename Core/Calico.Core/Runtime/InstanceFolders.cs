using Calico.Core.Configuration;

namespace Calico.Core.Runtime;

/// <summary>Where an instance keeps what outlives its process.</summary>
/// <param name="Bpffs">The instance's folder of bpffs.</param>
/// <param name="State">Its folder of files.</param>
internal sealed record InstanceFolders(string Bpffs, string State)
{
    public static InstanceFolders Of(AgentConfiguration configuration) =>
        new(configuration.Paths.Bpffs, Path.Combine(configuration.Paths.State, "instances", configuration.Instance));

    public string Maps => Path.Combine(Bpffs, "maps");

    public string Links => Path.Combine(Bpffs, "links");

    public string Sockets => Path.Combine(Bpffs, "sockets");

    public string Generations => Path.Combine(Bpffs, "generations");

    public string Guard => Path.Combine(Bpffs, "guard");

    public string ChainRecord => Path.Combine(State, "chain-record.json");

    public string Layouts => Path.Combine(State, "layouts.json");

    public string Redecision => Path.Combine(State, "redeciding-stages.sha256");
}
