using Calico.Agent.CommandLine;

using var interruption = new Interruption();
return await CalicoCommandLine.RunAsync(args, Terminal.OfProcess(), null, interruption.Token);
