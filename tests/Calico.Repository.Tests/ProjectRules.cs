using System.Xml.Linq;

namespace Calico.Repository.Tests;

public sealed class ProjectRules
{
    private static readonly string[] TopFolders = ["Sdk", "Core", "Plugins", "Templates", "bpf-templates", "examples", "tests"];

    /// <summary>The projects of the solution's own folders; what a `dotnet new` template holds is text until it is made.</summary>
    private static IEnumerable<string> Projects =>
        Repository.FilesNamed(".csproj").Where(project => !project.StartsWith("Templates/", StringComparison.Ordinal));

    [Theory]
    [InlineData("Sdk")]
    [InlineData("Core")]
    [InlineData("Plugins")]
    [InlineData("Templates")]
    [InlineData("bpf-templates")]
    [InlineData("examples")]
    [InlineData("tests")]
    public void The_top_folder_exists_and_is_shown_in_the_solution(string folder)
    {
        Assert.Contains(Repository.Files, file => file.StartsWith($"{folder}/", StringComparison.Ordinal));
        Assert.Contains($"\"{folder}\", \"{folder}\"", Repository.Text("Calico.Sdk.sln"), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        var solution = Repository.Text("Calico.Sdk.sln").Replace('\\', '/');

        Breaches.None(Projects
            .Where(project => !solution.Contains($"\"{project}\"", StringComparison.Ordinal))
            .Select(project => $"{project} is not in Calico.Sdk.sln: dotnet sln add {project}"));
    }

    [Fact]
    public void Every_project_lies_in_one_of_the_top_folders()
    {
        Breaches.None(Projects.Where(project => !TopFolders.Contains(project.Split('/')[0])));
    }

    [Fact]
    public void A_first_party_plugin_references_the_SDK_and_no_other_project()
    {
        var doors =
            from project in Projects
            where IsPlugin(project)
            from reference in References(project)
            where !reference.Path.StartsWith("Sdk/Calico.Sdk", StringComparison.Ordinal)
            select $"{project} references {reference.Path}, a door that a third party's plugin lacks.";

        Breaches.None(doors);
    }

    [Fact]
    public void Nothing_references_a_plugin_but_the_tests_of_plugins()
    {
        var references =
            from project in Projects
            from reference in References(project)
            where IsPlugin(reference.Path) && !reference.OnlyForItsBuild
            where !project.StartsWith("tests/Calico.Plugins.Tests/", StringComparison.Ordinal)
            select $"{project} references {reference.Path}: plugins are loaded, not linked.";

        Breaches.None(references);
    }

    [Fact]
    public void The_SDK_references_neither_Core_nor_the_agent()
    {
        var upwards =
            from project in Projects
            where project.StartsWith("Sdk/", StringComparison.Ordinal)
            from reference in References(project)
            where !reference.Path.StartsWith("Sdk/", StringComparison.Ordinal)
               // These two are no part of the contract: they do what a host would do.
               && Path.GetFileNameWithoutExtension(project) is not ("Calico.Sdk.Testing" or "Calico.Sdk.Check")
            select $"{project} references {reference.Path}.";

        Breaches.None(upwards);
    }

    [Fact]
    public void Package_versions_stand_in_one_place()
    {
        var elsewhere =
            from project in Projects
            from package in XDocument.Parse(Repository.Text(project)).Descendants("PackageReference")
            where package.Attribute("Version") is not null || package.Attribute("VersionOverride") is not null
            select $"{project} gives {package.Attribute("Include")?.Value} a version of its own; Directory.Packages.props has them.";

        Breaches.None(elsewhere);
    }

    private static bool IsPlugin(string project) => project.StartsWith("Plugins/", StringComparison.Ordinal);

    private static IEnumerable<Reference> References(string project) =>
        from element in XDocument.Parse(Repository.Text(project)).Descendants("ProjectReference")
        let included = element.Attribute("Include")?.Value.Replace('\\', '/')
        where included is not null
        let path = Path.GetFullPath(Path.Combine(Repository.Root, Path.GetDirectoryName(project)!, included))
        select new Reference(
            Path.GetRelativePath(Repository.Root, path),
            (element.Attribute("ReferenceOutputAssembly")?.Value ?? element.Element("ReferenceOutputAssembly")?.Value) == "false");

    private sealed record Reference(string Path, bool OnlyForItsBuild);
}
