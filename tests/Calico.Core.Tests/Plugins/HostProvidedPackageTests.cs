using System.Xml.Linq;
using Calico.Core.Plugins;

namespace Calico.Core.Tests.Plugins;

/// <summary>What the build of a plugin leaves out of it must be what its host shares with it.</summary>
public sealed class HostProvidedPackageTests
{
    private static readonly string s_root = FindRoot();

    private static readonly XElement[] s_provided =
        [.. XDocument.Load(Path.Combine(s_root, "Sdk/Calico.Sdk/buildTransitive/Calico.Sdk.HostProvided.targets")).Descendants("CalicoHostProvided")];

    [Fact]
    public void The_build_leaves_out_what_the_host_shares() => Assert.Equal(
        SharedAssemblies.All.Select(assembly => assembly.GetName().Name!).Order(StringComparer.Ordinal),
        s_provided.Select(package => package.Attribute("Include")!.Value).Order(StringComparer.Ordinal));

    [Fact]
    public void The_build_knows_the_hosts_versions()
    {
        var versions = XDocument.Load(Path.Combine(s_root, "Directory.Packages.props")).Descendants("PackageVersion")
            .ToDictionary(package => package.Attribute("Include")!.Value, package => package.Attribute("Version")!.Value);

        foreach (XElement package in s_provided)
        {
            string name = package.Attribute("Include")!.Value;
            Assert.Equal(versions.GetValueOrDefault(name), package.Attribute("Version")?.Value);
        }
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Calico.Sdk.sln")))
        {
            folder = folder.Parent;
        }

        return folder!.FullName;
    }
}
