using System.Text.RegularExpressions;

namespace Calico.Core.Plugins;

/// <summary>Versions of plugins, which are names of folders too.</summary>
internal static partial class VersionFolder
{
    /// <summary>Null, or what keeps the text from being a version that a folder can be called by.</summary>
    public static string? Explain(string version) =>
        Form().IsMatch(version) ? null : "a version looks like 1.2.3 or 1.2.3-beta.1 and has at most 64 characters";

    [GeneratedRegex(@"\A(?=.{1,64}\z)[0-9]+(\.[0-9]+){0,3}(-[0-9A-Za-z]+([.-][0-9A-Za-z]+)*)?(\+[0-9A-Za-z.-]+)?\z")]
    private static partial Regex Form();
}
