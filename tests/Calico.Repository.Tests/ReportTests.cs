namespace Calico.Repository.Tests;

public sealed class ReportTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_numbers_of_all_reports_are_added_up()
    {
        var result = await Sum("report 3 0 >$file; count_report A 0 $file; report 4 2 >$file; count_report B 2 $file");

        Assert.Equal(("7 passed, 2 failed", 1), (result.LastLine, result.ExitCode));
    }

    [Fact]
    public async Task When_everything_passed_the_exit_code_is_0()
    {
        var result = await Sum("report 3 0 >$file; count_report A 0 $file");

        Assert.Equal(("3 passed, 0 failed", 0), (result.LastLine, result.ExitCode));
    }

    [Theory]
    [InlineData("count_report A 134 /nowhere", "A ended without a report (exit code 134).")]
    [InlineData("count_report A 124 /nowhere", "A did not end within its time limit and was stopped (exit code 124).")]
    [InlineData("echo '<assembly' >$file; count_report A 139 $file", "A ended without a report (exit code 139).")]
    [InlineData("report 0 0 >$file; count_report A 8 $file", "A ran no test.")]
    [InlineData("report 5 0 >$file; count_report A 7 $file", "A passed its tests and then ended with exit code 7.")]
    public async Task What_no_report_knows_is_a_failure_with_a_sentence(string counting, string sentence)
    {
        var result = await Sum(counting);

        Assert.Equal(1, result.ExitCode);
        Assert.EndsWith(", 1 failed", result.LastLine, StringComparison.Ordinal);
        Assert.Contains(sentence, result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_project_without_a_test_that_the_arguments_select_is_no_failure_but_no_test_at_all_is()
    {
        var one = await Sum("report 0 0 >$file; count_report A 8 $file yes; report 1 0 >$file; count_report B 0 $file yes");
        var none = await Sum("report 0 0 >$file; count_report A 8 $file yes");

        Assert.Equal(("1 passed, 0 failed", 0), (one.LastLine, one.ExitCode));
        Assert.Equal(("0 passed, 1 failed", 1), (none.LastLine, none.ExitCode));
    }

    [Fact]
    public async Task The_last_line_of_the_demo_is_added_to_that_of_the_tests()
    {
        var result = await Sum(
            """
            printf 'x\n9 passed, 9 failed\n5 passed, 0 failed\n' >$file; count_line ./test 0 $file '^([0-9]+) passed, ([0-9]+) failed$'
            printf 'table\ndemo: 12 as expected, 1 not\n' >$file; count_line demo 1 $file '^demo: ([0-9]+) as expected, ([0-9]+) not$'
            """);

        Assert.Equal(("17 passed, 1 failed", 1), (result.LastLine, result.ExitCode));
    }

    [Fact]
    public async Task A_demo_that_ends_without_its_numbers_is_a_failure()
    {
        var result = await Sum("echo crash >$file; count_line demo 139 $file '^demo: ([0-9]+) as expected, ([0-9]+) not$'");

        Assert.Contains("demo did not end with its numbers (exit code 139).", result.Output, StringComparison.Ordinal);
        Assert.Equal(("0 passed, 1 failed", 1), (result.LastLine, result.ExitCode));
    }

    private static Task<Bash.Result> Sum(string counting) => Bash.Run(
        $$"""
        . scripts/reports.sh
        file=$(mktemp); trap 'rm "$file"' EXIT
        report() { echo "<assemblies><assembly name=\"x\" errors=\"0\" failed=\"$2\" not-run=\"0\" passed=\"$1\" skipped=\"0\" total=\"9\"><collection/></assembly></assemblies>"; }
        {{counting}}
        print_sum
        """,
        Cancellation);
}
