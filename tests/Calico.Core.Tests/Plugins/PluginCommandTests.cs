using Calico.Core.Plugins;
using Calico.Sdk;

namespace Calico.Core.Tests.Plugins;

public sealed class PluginCommandTests
{
    [Fact]
    public async Task A_command_tells_its_columns_and_options()
    {
        await using PluginSet set = await TestHost.LoadAsync(BuiltPlugin.Obedient);
        PluginCommand echo = Assert.Single(set.Commands);
        Assert.Equal(("obedient", "echo", "Says what it is told."), (echo.PluginId, echo.Name, echo.Description));
        Assert.Equal(["text", "number"], echo.Columns);
        Assert.Equal(["text", "times", "then"], echo.Parameters.Select(parameter => parameter.Name));
    }

    [Fact]
    public async Task Rows_are_JSON_objects_and_defaults_are_filled_in()
    {
        await using PluginSet set = await TestHost.LoadAsync(BuiltPlugin.Obedient);
        Assert.Equal(["""{"text":"nothing","number":1}"""], await Commands.RunToEnd(Assert.Single(set.Commands)));
        Assert.Equal(
            ["""{"text":"hi","number":1}""", """{"text":"hi","number":2}"""],
            await Commands.RunToEnd(Assert.Single(set.Commands), ("text", "hi"), ("times", "2")));
    }

    [Fact]
    public async Task The_first_plugins_command_reads_the_hosts_flows()
    {
        await using PluginSet set = await TestHost.LoadAsync(BuiltPlugin.FlowCounters);
        PluginCommand flows = Assert.Single(set.Commands);
        Assert.Equal(
            ["protocol", "source", "destination", "state", "in", "out", "forwardPackets", "forwardBytes", "replyPackets", "replyBytes", "started", "lastSeen", "ageSeconds"],
            flows.Columns);
        Assert.StartsWith(
            """{"protocol":"tcp","source":"10.0.0.1:40000","destination":"10.0.1.2:80","state":"established","in":"cali1","out":null,"forwardPackets":3,"forwardBytes":300,"replyPackets":2,"replyBytes":200,"started":null,""",
            Assert.Single(await Commands.RunToEnd(flows)),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tims", "2", "'echo' has no option '--tims'. It takes --text, --times, --then.")]
    [InlineData("times", "many", "'echo --times many': 'many' is not a whole number.")]
    public async Task Wrong_options_are_refused_before_the_plugin_sees_them(string option, string value, string message)
    {
        await using PluginSet set = await TestHost.LoadAsync(BuiltPlugin.Obedient);
        var refused = Assert.Throws<PluginCommandException>(
            () => Assert.Single(set.Commands).RunAsync(new Dictionary<string, string> { [option] = value }, TestContext.Current.CancellationToken));
        Assert.Equal(message, refused.Message);
        Assert.True(refused.IsInputError);
    }

    [Fact]
    public async Task What_a_handler_throws_becomes_text()
    {
        await using PluginSet set = await TestHost.LoadAsync(BuiltPlugin.Obedient);
        var failed = await Assert.ThrowsAsync<PluginCommandException>(() => Commands.RunToEnd(Assert.Single(set.Commands), ("then", "fail")));
        Assert.Equal("'echo' failed: InvalidOperationException: I was told to", failed.Message);
        Assert.Null(failed.InnerException);
        Assert.Contains("at Acme.Obedient.Echo.RunAsync", failed.Detail, StringComparison.Ordinal);
        Assert.False(failed.IsInputError);
    }

    [Fact]
    public async Task A_handler_may_refuse_a_value_in_its_own_words()
    {
        await using PluginSet set = await TestHost.LoadAsync(BuiltPlugin.Obedient);
        var refused = await Assert.ThrowsAsync<PluginCommandException>(() => Commands.RunToEnd(Assert.Single(set.Commands), ("then", "refuse")));
        Assert.Equal("'echo': '--then refuse' should be anything else.", refused.Message);
        Assert.True(refused.IsInputError);
    }

    [Theory]
    [InlineData("flag", CommandParameterType.Flag, "yes", "the option '--flag': 'yes' is neither 'true' nor 'false': the option is present or absent.")]
    [InlineData("number", CommandParameterType.Number, "1.5", "the option '--number': '1.5' is not a whole number.")]
    [InlineData("Number", CommandParameterType.Number, "1", "the option '--Number': a word of the command line has lower-case letters, digits and hyphens, begins with a letter and has at most 32 characters.")]
    [InlineData("number", CommandParameterType.Number, "-1", null)]
    public void A_default_must_fit_its_option(string name, CommandParameterType type, string value, string? wrong) =>
        Assert.Equal(wrong, CommandOptions.ExplainDeclaration([new CommandParameter(name, type, "What it is.", value)]));
}
