using System.CommandLine;
using System.IO.Enumeration;
using Calico.Benchmarks.Live;
using Calico.Benchmarks.Machine;
using Calico.Benchmarks.Measuring;
using Calico.Benchmarks.Reporting;
using Calico.Benchmarks.Scale;
using Calico.Benchmarks.Tcp;
using Calico.Benchmarks.TestRuns;
using Calico.Core.Bpf;
using Calico.Core.Compile;
using Calico.Lab;

namespace Calico.Benchmarks;

/// <summary><c>./run bench [--filter GLOB] [-o table|json] [--passes N]</c>.</summary>
internal static class BenchCommand
{
    private const int FewestPasses = 3;

    private static readonly IReadOnlyList<Suite> s_suites = [new TestRunSuite(), new LiveSuite(), new TcpSuite(), new ScaleSuite()];

    public static RootCommand Create()
    {
        var filter = new Option<string>("--filter") { Description = "Only rows whose id matches, such as 'testrun/*'.", DefaultValueFactory = _ => "*" };
        var output = new Option<string>("--output", "-o") { Description = "table or json.", DefaultValueFactory = _ => "table" };
        output.AcceptOnlyFromAmong("table", "json");
        var passes = new Option<int>("--passes") { Description = "How often everything is measured, at least 3.", DefaultValueFactory = _ => FewestPasses };
        passes.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < FewestPasses)
            {
                result.AddError($"--passes: fewer than {FewestPasses} passes show nothing but noise.");
            }
        });
        var command = new RootCommand("Measures the dataplane beside its rivals. Nothing is asserted.") { filter, output, passes };
        command.SetAction(parsed => Run(parsed.GetRequiredValue(filter), parsed.GetRequiredValue(output), parsed.GetRequiredValue(passes)));
        return command;
    }

    private static int Run(string filter, string output, int passes)
    {
        bool Wanted(string id) => FileSystemName.MatchesSimpleExpression(filter, id, ignoreCase: false);
        var suites = s_suites.Where(suite => suite.Ids.Any(Wanted)).ToList();
        if (suites.Count == 0)
        {
            Console.Error.WriteLine($"No row's id matches '{filter}'. There are: {string.Join(", ", s_suites.SelectMany(suite => suite.Ids))}.");
            return 64;
        }

        List<Row> rows;
        try
        {
            Quiet.Check();
            // Progress goes to standard error: what is on standard output is the report alone.
            rows = [.. suites.SelectMany(suite => suite.Run(Wanted, passes, line => Console.Error.WriteLine($"bench: {line}")))];
        }
        catch (Exception failure) when (failure is InvalidOperationException or BpfException or LabException or CompileException)
        {
            Console.Error.WriteLine($"bench: {failure.Message}");
            return 1;
        }

        if (output == "json")
        {
            JsonReport.Write(rows);
        }
        else
        {
            TableReport.Write(rows, MachineLine.Text());
        }

        return 0;
    }
}
