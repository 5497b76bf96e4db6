using System.Text.Json;
using Calico.Agent.CommandLine;
using Calico.Agent.Tests.Support;
using Calico.Core.Runtime.Reports;

namespace Calico.Agent.Tests.Commands;

/// <summary>What <c>calico plugin</c> does without an agent.</summary>
public sealed class PluginCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _file;

    public PluginCommandTests() => _file = _folder.File("agent.yaml", "instance: test\npaths:\n  state: state\n  run: run\nplugins: [{ id: obedient, options: { command: say } }]\n");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_plugin_is_verified_as_far_as_that_goes_without_a_kernel()
    {
        CommandResult result = await RunAsync("verify", BuiltPlugin.Obedient, "-o", "json");

        Assert.Equal((ExitCodes.Success, ""), (result.ExitCode, result.Error));
        JsonElement report = JsonDocument.Parse(result.Output).RootElement;
        Assert.True(report.GetProperty("isGood").GetBoolean());
        Assert.Equal(
            ["files", "contract", "declarations", "plan", "render", "compile"],
            report.GetProperty("steps").EnumerateArray().Select(step => step.GetProperty("name").GetString()));
    }

    [Fact]
    public async Task A_package_is_verified_too_and_what_is_wrong_is_the_exit_code()
    {
        CommandResult good = await RunAsync("verify", BuiltPlugin.Pack(_folder.Path, "3.0.0"));
        Assert.Equal(ExitCodes.Success, good.ExitCode);
        Assert.EndsWith("Plugin obedient 3.0.0 can be used.\n", good.Output, StringComparison.Ordinal);

        CommandResult bad = await RunAsync("verify", _folder.File("text.nupkg", "text"));
        Assert.Equal(ExitCodes.Failure, bad.ExitCode);
        Assert.Contains("is not a package (.nupkg)", bad.Output, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Failure, (await RunAsync("verify", "/nowhere")).ExitCode);
        Assert.False(Directory.Exists(_folder.File("state")));
    }

    [Fact]
    public async Task A_plugin_is_installed_listed_shown_switched_and_removed()
    {
        CommandResult first = await RunAsync("install", BuiltPlugin.Pack(_folder.Path, "1.0.0"));
        Assert.Equal((ExitCodes.Success, ""), (first.ExitCode, first.Error));
        Assert.StartsWith($"obedient 1.0.0 is installed in {_folder.File("state/plugins/obedient/1.0.0")}.\nobedient 1.0.0 is the active version.\n", first.Output, StringComparison.Ordinal);
        Assert.StartsWith("obedient 1.0.0 was installed already, with the same content.", (await RunAsync("install", _folder.File("Acme.Obedient.1.0.0.nupkg"))).Output, StringComparison.Ordinal);

        Assert.Equal(ExitCodes.Success, (await RunAsync("install", BuiltPlugin.Pack(_folder.Path, "1.1.0"), "--no-use")).ExitCode);
        CommandResult listed = await RunAsync("list", "--installed");
        Assert.Matches("(?m)^obedient +1.1.0 +no ", listed.Output);
        Assert.Matches("(?m)^obedient +1.0.0 +yes ", listed.Output);

        Assert.StartsWith("obedient 1.1.0 is the active version; it was 1.0.0.\n", (await RunAsync("use", "obedient", "1.1.0")).Output, StringComparison.Ordinal);
        CommandResult shown = await RunAsync("show", "obedient");
        Assert.Matches("(?m)^Stage +obey$", shown.Output);
        Assert.Matches("(?m)^Command +say$", shown.Output); // as its options say
        Assert.Matches("(?m)^Installed +1.1.0 \\(active\\)$", shown.Output);

        CommandResult used = await RunAsync("remove", "obedient");
        Assert.Equal(ExitCodes.Failure, used.ExitCode);
        Assert.StartsWith($"{_file}:5 uses obedient 1.1.0.", used.Error, StringComparison.Ordinal);
        Assert.Equal("obedient 1.0.0 is removed.\n", (await RunAsync("remove", "obedient", "1.0.0")).Output);
        Assert.Equal("obedient 1.1.0 is removed.\n", (await RunAsync("remove", "obedient", "--force")).Output);
        Assert.Equal(ExitCodes.Failure, (await RunAsync("show", "obedient")).ExitCode);
    }

    [Fact]
    public async Task The_agent_that_runs_is_asked_to_load_what_is_used_and_its_refusal_puts_the_former_version_back()
    {
        bool isRefused = false;
        await using RunningAgent agent = await RunningAgent.StartAsync(new FakeDataplane
        {
            Reload = () => new ReloadReport(
                isRefused ? ReloadReport.Refused : ReloadReport.Reloaded, DateTimeOffset.UnixEpoch, 3, isRefused ? 3 : 4, [], [], 150.2, 1,
                isRefused ? ["Its map 'seen' has another layout."] : [], []),
        });
        Task<CommandResult> OnAgent(params string[] arguments) => agent.CalicoAsync(["plugin", .. arguments, "--config", _file]);

        CommandResult first = await OnAgent("install", BuiltPlugin.Pack(_folder.Path, "1.0.0"));
        Assert.EndsWith("The agent has reloaded its plugins: generation 3 -> 4, 150 ms.\n", first.Output, StringComparison.Ordinal);

        isRefused = true;
        CommandResult second = await OnAgent("install", BuiltPlugin.Pack(_folder.Path, "2.0.0"));
        Assert.Equal((ExitCodes.Failure, ""), (second.ExitCode, second.Output));
        Assert.Equal(
            "The agent did not take it and runs as before (refused): Its map 'seen' has another layout.\nobedient 1.0.0 is the active version again; 2.0.0 stays installed.\n",
            second.Error);
        Assert.Matches("(?m)^obedient +1.0.0 +yes ", (await OnAgent("list", "--installed")).Output);
    }

    [Theory]
    [InlineData("use obedient 9.0.0", "Plugin 'obedient' is not installed in ")]
    [InlineData("remove obedient", "Plugin 'obedient' is not installed in ")]
    [InlineData("install /nowhere.nupkg", "There is no file /nowhere.nupkg.")]
    [InlineData("show obedient", "Plugin 'obedient' neither runs nor is installed in ")]
    public async Task What_is_not_there_is_a_sentence(string arguments, string sentence)
    {
        CommandResult result = await RunAsync(arguments.Split(' '));
        Assert.Equal((ExitCodes.Failure, ""), (result.ExitCode, result.Output));
        Assert.StartsWith(sentence, result.Error, StringComparison.Ordinal);
    }

    private Task<CommandResult> RunAsync(params string[] arguments) =>
        CommandResult.OfAsync(["plugin", .. arguments, "--config", _file, "--socket", _folder.File("run/api.sock")]);
}
