using System.Threading.Channels;
using Calico.Agent.Tests.Support;
using Calico.Core.Plugins.Development;
using Calico.Core.Runtime.Reports;
using Microsoft.Extensions.Logging.Abstractions;

namespace Calico.Agent.Tests.Development;

public sealed class PluginDevelopmentTests
{
    [Fact]
    public async Task Each_build_is_reloaded_from_a_copy_and_a_refused_one_leaves_the_former_in_force()
    {
        using var place = new TemporaryFolder();
        string build = place.File("build");
        Directory.CreateDirectory(place.File("dev/left/1"));
        DevelopmentBuilds.Write(build);
        using var development = new PluginDevelopment([build], place.File("dev"), NullLogger.Instance) { Quiet = TimeSpan.FromMilliseconds(20) };
        Assert.Equal([place.File("dev/obedient/1")], development.Current);
        Assert.False(Directory.Exists(place.File("dev/left")));
        var tried = Channel.CreateUnbounded<string>();
        string outcome = ReloadReport.Refused;
        using var stop = new CancellationTokenSource();
        Task run = development.RunAsync(
            _ =>
            {
                tried.Writer.TryWrite(development.Current.Single());
                return Task.FromResult(new ReloadReport(outcome, default, 1, 1, [], [], 0, 0, [], []));
            },
            stop.Token);

        DevelopmentBuilds.Touch(build);
        string first = await tried.Reader.ReadAsync(TestContext.Current.CancellationToken);
        Assert.Equal(place.File("dev/obedient/1"), await InForce());
        Assert.False(Directory.Exists(first));

        outcome = ReloadReport.Reloaded;
        // The whole folder is replaced, which the kernel does not tell.
        DevelopmentBuilds.Write(place.File("next"));
        Directory.Delete(build, recursive: true);
        Directory.Move(place.File("next"), build);
        string second = await tried.Reader.ReadAsync(TestContext.Current.CancellationToken);
        Assert.NotEqual(first, second);
        Assert.Equal(second, await InForce());
        Assert.False(Directory.Exists(place.File("dev/obedient/1")));

        await stop.CancelAsync();
        await run;

        Task<string> InForce() => development.BetweenBuildsAsync(() => Task.FromResult(development.Current.Single()), TestContext.Current.CancellationToken);
    }
}
