using System.IO.Compression;
using Calico.Node.Tests.Dataplane.Support;

namespace Calico.Node.Tests.Demo;

public sealed class DemoTests
{
    [Fact]
    public async Task A_demo_sees_what_it_expects_and_leaves_nothing()
    {
        using DemoProcess demo = DemoProcess.Start("--once");

        int exitCode = await demo.End();

        Assert.True(exitCode == 0, demo.Said);
        Assert.Matches("^demo: [1-9][0-9]* as expected, 0 not$", demo.Output[^1]);
        Assert.Empty(DemoProcess.Remains());
    }

    [Fact]
    public async Task What_a_killed_demo_left_is_removed_by_the_next()
    {
        using (DemoProcess victim = DemoProcess.Start("--once"))
        {
            await victim.Says("Traffic that must not pass");
            await victim.Kill();
        }

        // Namespaces, pins, agents and peers of the first are all there: nobody has taken them away.
        Assert.Contains(DemoProcess.Remains(), left => left.StartsWith("/run/netns/", StringComparison.Ordinal));
        Assert.Contains(DemoProcess.Remains(), left => left.StartsWith("/sys/fs/bpf/", StringComparison.Ordinal));
        Assert.Contains(DemoProcess.Remains(), left => left.StartsWith("/proc/", StringComparison.Ordinal));

        using DemoProcess next = DemoProcess.Start("--once", "--nodes", "1");
        int exitCode = await next.End();

        Assert.True(exitCode == 0, next.Said);
        Assert.Empty(DemoProcess.Remains());
    }

    [Fact]
    public async Task A_demo_that_runs_on_shows_flows_of_a_packaged_plugin_until_it_is_told_to_end()
    {
        string package = Path.Combine(Path.GetTempPath(), $"calico-demo-{Guid.NewGuid():n}.nupkg");
        try
        {
            await using (ZipArchive archive = await ZipFile.OpenAsync(package, ZipArchiveMode.Create, TestContext.Current.CancellationToken))
            {
                foreach (string file in Directory.EnumerateFiles(Built.FlowCounters))
                {
                    await archive.CreateEntryFromFileAsync(file, "lib/net10.0/" + Path.GetFileName(file), TestContext.Current.CancellationToken);
                }
            }

            using DemoProcess demo = DemoProcess.StartWithoutPlugins("--nodes", "1", "--plugin", package);
            await demo.Says("Traffic goes on until Ctrl-C");

            using (DemoProcess second = DemoProcess.Start("--once"))
            {
                Assert.Equal(1, await second.End());
                Assert.Contains("is running already", second.Said, StringComparison.Ordinal);
            }

            await demo.Terminate();
            Assert.True(await demo.End() == 0, demo.Said);
            Assert.Contains("udp-answered", demo.Said, StringComparison.Ordinal);
            Assert.Empty(DemoProcess.Remains());
        }
        finally
        {
            File.Delete(package);
        }
    }
}
