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
    /// <summary>Compares with what the last generation left in a file. A first generation has no flows to decide again.</summary>
    public static bool IsNeeded(Generation generation, string file) =>
        File.Exists(file) && File.ReadAllText(file) != Fingerprint(generation);

    /// <summary>Leaves what the next generation compares with: after the flows are decided again, never before.</summary>
    public static void Remember(Generation generation, string file) => AtomicText.Write(file, Fingerprint(generation));

    /// <summary>Says that flows are about to be decided again: if nobody comes to it, the next agent does.</summary>
    public static void Announce(string file) => AtomicText.Write(file, "");

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
