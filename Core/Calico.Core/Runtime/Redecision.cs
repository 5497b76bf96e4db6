using System.Security.Cryptography;
using System.Text;
using Calico.Core.Runtime.Generations;

namespace Calico.Core.Runtime;

/// <summary>
/// Whether established flows must be decided again under a new generation: a stage that says so of itself has arrived,
/// changed or gone since the last one.
/// </summary>
internal static class Redecision
{
    /// <summary>Compares with what the last generation left in a file, and leaves what the next one needs.</summary>
    public static bool IsNeeded(Generation generation, string file)
    {
        var now = Fingerprint(generation);
        var before = File.Exists(file) ? File.ReadAllText(file) : null;
        if (before == now)
        {
            return false;
        }

        File.WriteAllText(file, now);
        // A first generation has no flows to decide again.
        return before is not null;
    }

    // The C of a stage is all that it does: its text and its parameters.
    private static string Fingerprint(Generation generation)
    {
        var text = new StringBuilder();
        foreach (var stage in generation.Plan.Stages.Where(stage => stage.RedecidesFlows))
        {
            text.Append(stage.PluginId).Append('/').Append(stage.Name).Append('\n');
            foreach (var parameter in stage.Parameters)
            {
                text.Append(parameter.Name).Append('=').Append(parameter.Value).Append('\n');
            }

            text.Append(generation.Chains.TemplateOf(stage)).Append('\n');
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
