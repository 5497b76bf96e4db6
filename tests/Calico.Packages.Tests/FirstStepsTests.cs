namespace Calico.Packages.Tests;

public sealed class FirstStepsTests(PackedFeed feed)
{
    [Fact]
    public async Task A_stranger_with_the_packages_alone_installs_writes_tests_packs_and_sees_the_demo_count()
    {
        Shell.Result steps = await feed.RunAsync(feed.Folder, Path.Combine(PackedFeed.Root, "scripts/first-steps.sh"), feed.Feed, feed.Version);

        steps.MustSucceed();
        Assert.Equal("first steps: as the tutorial says", steps.Lines[^1]);
    }
}
