using Calico.Agent.CommandLine;
using Calico.Core.Plugins;
using Calico.Core.Runtime.Reports;
using Calico.Sdk.Resources;

namespace Calico.Agent.Commands.Plugins;

/// <summary>Looks at a plugin in this process, with a folder for compiled objects that is gone afterwards.</summary>
internal static class PluginVerifying
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    public static async Task<(VerificationReport Report, PluginReport? Plugin)> RunAsync(string folder, Func<string, MappingNode> optionsOf)
    {
        PluginReport? seen = null;
        DirectoryInfo cache = Directory.CreateTempSubdirectory("calico-verify-");
        try
        {
            VerificationReport report = await new PluginVerification(TrustedOwners.OfThisProcess(), cache.FullName, s_patience)
                .RunAsync(folder, optionsOf, plugin => seen = PluginReport.Of(plugin, "installed"));
            return (report, seen);
        }
        finally
        {
            cache.Delete(recursive: true);
        }
    }

    /// <exception cref="CommandFailure">A step failed.</exception>
    public static void Require(string folder, Func<string, MappingNode> optionsOf)
    {
        (VerificationReport report, _) = RunAsync(folder, optionsOf).GetAwaiter().GetResult();
        if (!report.IsGood)
        {
            throw new CommandFailure(ExitCodes.Failure, report.Steps[^1].Sentence);
        }
    }
}
