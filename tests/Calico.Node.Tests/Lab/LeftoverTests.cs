using System.Diagnostics;
using Calico.Lab;

namespace Calico.Node.Tests.Lab;

public sealed class LeftoverTests
{
    private const string CrashPrefix = "calico-net-crash";
    private const string Notes = "/run/calico-sdk-lab/" + CrashPrefix;

    [Fact]
    public async Task What_a_killed_lab_left_is_removed_by_the_next()
    {
        LabTopology.RemoveLeftovers(CrashPrefix);
        using var victim = Process.Start(new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Calico.Node.Tests"))
        {
            Environment = { [LabToKill.Variable] = CrashPrefix },
        })!;
        int sleeper;
        string started;
        try
        {
            (sleeper, started) = await NotedProcess(victim);
            Assert.NotEmpty(Namespaces());
            Assert.Contains("is running already", Assert.Throws<LabException>(() => LabTopology.RemoveLeftovers(CrashPrefix)).Message, StringComparison.Ordinal);
        }
        finally
        {
            victim.Kill();
            await victim.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        Assert.True(IsRunning(sleeper, started));
        LabTopology.RemoveLeftovers(CrashPrefix);

        Assert.Empty(Namespaces());
        Assert.False(IsRunning(sleeper, started));
        Assert.False(Directory.Exists(Notes));
    }

    [Fact]
    public void A_process_that_got_the_number_of_a_noted_one_is_left_alone()
    {
        const string prefix = "calico-net-reused";
        using var innocent = Process.Start("sleep", "1000");
        try
        {
            Directory.CreateDirectory($"/run/calico-sdk-lab/{prefix}");
            var stat = File.ReadAllText($"/proc/{innocent.Id}/stat").Split(' ');
            stat[21] = "12345";
            var note = $"/run/calico-sdk-lab/{prefix}/{innocent.Id}.pid";
            File.WriteAllText(note, string.Join(' ', stat));

            LabTopology.RemoveLeftovers(prefix);

            Assert.False(innocent.HasExited);
            Assert.False(File.Exists(note));
        }
        finally
        {
            innocent.Kill();
        }
    }

    [Fact]
    public void Namespaces_with_names_that_no_lab_gives_are_left_alone()
    {
        using var other = NetworkNamespace.Create("calico-net-left-node");
        using var longer = NetworkNamespace.Create("calico-net-left2-n1");
        using var own = NetworkNamespace.Create("calico-net-left-n1");

        LabTopology.RemoveLeftovers("calico-net-left");

        Assert.True(File.Exists(other.Path));
        Assert.True(File.Exists(longer.Path));
        Assert.False(File.Exists(own.Path));
    }

    private static async Task<(int Pid, string Started)> NotedProcess(Process victim)
    {
        while (true)
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            Assert.False(victim.HasExited, "The process with the lab ended by itself.");
            if (Directory.Exists(Notes) && Directory.EnumerateFiles(Notes, "*.pid").FirstOrDefault() is { } note
                && File.ReadAllText(note).Split(' ') is { Length: > 21 } stat
                && File.ReadAllText($"/proc/{stat[0]}/comm").Trim() == "sleep")
            {
                return (int.Parse(stat[0], System.Globalization.CultureInfo.InvariantCulture), stat[21]);
            }

            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }

    // Killed but not yet taken note of by init counts as ended.
    private static bool IsRunning(int pid, string started)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/stat").Split(' ') is { Length: > 21 } stat && stat[21] == started && stat[2] != "Z";
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static IEnumerable<string> Namespaces() => Directory.EnumerateFiles("/run/netns", $"{CrashPrefix}-*");
}
