namespace Calico.Repository.Tests;

public sealed class ScriptTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> Scripts => ["run", "test", ".ci/run"];

    [Theory]
    [MemberData(nameof(Scripts))]
    public async Task The_script_can_be_executed(string script)
    {
        Assert.Equal(0, (await Bash.Run($"test -x {script}", Cancellation)).ExitCode);
    }

    [Theory]
    [MemberData(nameof(Scripts))]
    public async Task Bash_can_parse_the_script(string script)
    {
        Assert.Equal(0, (await Bash.Run($"bash -n {script}", Cancellation)).ExitCode);
    }

    [Theory]
    [InlineData("soak")]
    [InlineData("fuzz")]
    public async Task A_run_of_what_does_not_exist_yet_says_so_and_exits_64(string command)
    {
        var result = await Bash.Run($"./run {command}", Cancellation);

        Assert.Equal(64, result.ExitCode);
        Assert.Contains("comes with a later issue", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_root_the_demo_does_not_start_and_one_sentence_says_how()
    {
        var result = await Bash.Run(WithoutRoot("./run --once"), Cancellation);

        Assert.Equal(77, result.ExitCode);
        Assert.Contains("needs root", Assert.Single(result.Error.Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_root_the_tests_fail_and_do_not_skip()
    {
        var result = await Bash.Run(WithoutRoot("./test"), Cancellation);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("needs root", result.Error, StringComparison.Ordinal);
        Assert.Equal("0 passed, 1 failed", result.LastLine);
    }

    [Fact]
    public async Task Only_what_a_check_does_not_find_is_noted_as_missing()
    {
        var result = await Bash.Run(
            """root=.; . scripts/machine.sh; need there "" true; need absent "why" false; echo "${missing[*]}: ${reasons[*]}" """, Cancellation);

        Assert.Equal("absent: why", result.Output);
    }

    [Fact]
    public async Task Where_nothing_is_missing_nothing_is_installed_and_nothing_is_said()
    {
        var result = await Bash.Run("""root=.; apt-get() { echo "$@"; }; . scripts/machine.sh; install_missing""", Cancellation);

        Assert.Equal(new Bash.Result(0, "", ""), result);
    }

    // `id` is what the scripts ask, and the build output that a test run lies in may be closed to other users.
    private static string WithoutRoot(string command) => $"id() {{ echo 1000; }}; export -f id; {command}";
}
