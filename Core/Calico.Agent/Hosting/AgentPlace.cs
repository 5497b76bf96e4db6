using Calico.Core.Configuration;

namespace Calico.Agent.Hosting;

/// <summary>Where an agent of one instance is found on its machine.</summary>
/// <param name="Instance">Its name.</param>
/// <param name="RunFolder">Its folder of sockets and locks.</param>
/// <param name="Socket">The socket of its API.</param>
internal sealed record AgentPlace(string Instance, string RunFolder, string Socket)
{
    public static AgentPlace Of(AgentConfiguration configuration) =>
        new(configuration.Instance, configuration.Paths.Run, configuration.Paths.ApiSocket);
}
