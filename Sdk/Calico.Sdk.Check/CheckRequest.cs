namespace Calico.Sdk.Check;

/// <summary>What the build asks for.</summary>
/// <param name="Project">The absolute path of the plugin's project file.</param>
/// <param name="Assembly">The absolute path of the plugin's assembly in the output folder.</param>
/// <param name="Work">The folder below <c>obj/</c> for the manifest and for compiled objects.</param>
/// <param name="Version">The version of the plugin's package.</param>
/// <param name="Framework">Such as <c>net10.0</c>.</param>
/// <param name="Templates">Whether templates are checked, or only the manifest is written.</param>
internal sealed record CheckRequest(string Project, string Assembly, string Work, string Version, string Framework, bool Templates)
{
    /// <summary>The folder of the project, with the author's own files.</summary>
    public string ProjectFolder => Path.GetDirectoryName(Project)!;

    /// <summary>The folder that a host would load.</summary>
    public string Output => Path.GetDirectoryName(Assembly)!;

    /// <summary>Reads a request; null where it lacks something.</summary>
    public static CheckRequest? Read(string file)
    {
        if (!File.Exists(file))
        {
            return null;
        }

        var values = File.ReadLines(file)
            .Select(line => line.Split('=', 2))
            .Where(pair => pair.Length == 2)
            .ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
        string[] needed = ["project", "assembly", "work", "version", "framework", "templates"];
        return needed.All(values.ContainsKey)
            ? new CheckRequest(
                values["project"], values["assembly"], values["work"], values["version"], values["framework"],
                !string.Equals(values["templates"], "false", StringComparison.OrdinalIgnoreCase))
            : null;
    }
}
