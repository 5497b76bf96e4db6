using System.CommandLine;
using Calico.Benchmarks;

return BenchCommand.Create().Parse(args).Invoke();
