using Calico.Agent.CommandLine;
using Calico.Agent.Hosting;

using var interruption = new Interruption();
return await CalicoCommandLine.RunAsync(
    args, Terminal.OfProcess(), (configuration, loggers) => new AgentDataplane(configuration, loggers), interruption.Token);
