using System.Runtime.CompilerServices;
using Calico.Lab;

namespace Calico.Node.Tests.Lab;

/// <summary>
/// Turns this program, started with an environment variable, into one that builds a lab and waits: what
/// <see cref="LeftoverTests"/> kills. A crash cannot be played inside the process of the tests.
/// </summary>
internal static class LabToKill
{
    internal const string Variable = "CALICO_NODE_TESTS_LAB_TO_KILL";

    [ModuleInitializer]
    internal static void BuildAndWait()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } prefix)
        {
            return;
        }

        using (var lab = LabTopology.Create(new LabOptions { Prefix = prefix, Nodes = 1, WorkloadsPerNode = 1 }))
        {
            lab.Start(lab.Nodes[0].Workloads[0].Namespace, "sleep", "1000");

            // Ends by itself if the test ended before it could kill.
            Thread.Sleep(TimeSpan.FromMinutes(1));
        }

        Environment.Exit(0);
    }
}
