namespace Calico.Packages.Tests;

public sealed class ExampleTests(PackedFeed feed)
{
    [Theory]
    [InlineData("rate-limiter")]
    [InlineData("latency-histogram")]
    [InlineData("xdp-blocklist")]
    public async Task An_example_and_its_tests_build_from_the_packages_alone(string name)
    {
        string examples = Directory.CreateDirectory(Path.Combine(feed.Folder, $"example-{name}", "examples")).FullName;
        foreach (string file in Directory.EnumerateFiles(Path.Combine(PackedFeed.Root, "examples"), "Directory.*"))
        {
            File.Copy(file, Path.Combine(examples, Path.GetFileName(file)));
        }

        Copy(Path.Combine(PackedFeed.Root, "examples", name), Path.Combine(examples, name));
        string tests = Directory.EnumerateFiles(Path.Combine(examples, name), "*.Tests.csproj", SearchOption.AllDirectories).Single();

        Shell.Result build = await feed.RunAsync(Path.GetDirectoryName(tests)!, "dotnet", "build", $"-p:CalicoSdkVersion={feed.Version}", "-warnaserror");

        build.MustSucceed();
    }

    private static void Copy(string source, string target)
    {
        foreach (string file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            string relative = Path.GetRelativePath(source, file);
            if (relative.Split('/').Any(part => part is "bin" or "obj"))
            {
                continue;
            }

            string copy = Path.Combine(target, relative);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }
}
