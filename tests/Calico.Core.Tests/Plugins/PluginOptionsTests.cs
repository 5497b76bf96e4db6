using Calico.Core.Chain.Declarations;
using Calico.Core.Compile;
using Calico.Core.Plugins;
using Calico.Core.Resources.Documents;
using Calico.Sdk;
using Calico.Sdk.Net;
using Calico.Sdk.Resources;

namespace Calico.Core.Tests.Plugins;

public sealed class PluginOptionsTests
{
    [Fact]
    public void What_the_operator_wrote_is_read_by_its_declared_type()
    {
        PluginBuilder plugin = Plugin("""
            rate: 0x10
            strict: true
            label: 7
            idle: 100ms
            onMiss: drop-all
            inside: 10.0.0.0/8
            outside: [192.0.2.0/24, 2001:db8::/32]
            names:
            - one
            - two
            """);

        Assert.Equal(16, plugin.Options.Number("rate", 1, "Packets a second.", 1, 100));
        Assert.True(plugin.Options.Flag("strict", false, "Whether it is strict."));
        Assert.Equal("7", plugin.Options.RequiredText("label", "A label."));
        Assert.Equal(TimeSpan.FromMilliseconds(100), plugin.Options.Duration("idle", TimeSpan.FromSeconds(1), "How long."));
        Assert.Equal(Miss.DropAll, plugin.Options.Choice("onMiss", Miss.Pass, "What to do."));
        Assert.Equal(IpNetwork.Parse("10.0.0.0/8"), plugin.Options.RequiredNetwork("inside", "The inside."));
        Assert.Equal(["192.0.2.0/24", "2001:db8::/32"], plugin.Options.Networks("outside", "The outside.").Select(network => network.ToString()));
        Assert.Equal(["one", "two"], plugin.Options.RequiredTexts("names", "Names."));
        Assert.Null(plugin.ExplainOptions(isComplete: true));
    }

    [Fact]
    public void Without_a_value_an_option_has_its_default()
    {
        PluginBuilder plugin = Plugin("{}");

        Assert.Equal(5, plugin.Options.Number("rate", 5, "Packets a second."));
        Assert.True(plugin.Options.Flag("strict", true, "Whether it is strict."));
        Assert.Equal(TimeSpan.FromMinutes(2), plugin.Options.Duration("idle", TimeSpan.FromMinutes(2), "How long."));
        Assert.Equal(Miss.Pass, plugin.Options.Choice("onMiss", Miss.Pass, "What to do."));
        Assert.Null(plugin.Options.Network("inside", null, "The inside."));
        Assert.Empty(plugin.Options.Texts("names", "Names."));
        Assert.Null(plugin.ExplainOptions(isComplete: true));
    }

    [Fact]
    public void What_was_declared_can_be_listed()
    {
        PluginBuilder plugin = Plugin("rate: 7");
        plugin.Options.Number("rate", 5, "Packets a second.", min: 1);
        plugin.Options.Duration("idle", TimeSpan.FromSeconds(90), "How long.", max: TimeSpan.FromHours(1));
        plugin.Options.Choice("onMiss", Miss.DropAll, "What to do.");

        Assert.Equal(
            [
                new OptionDeclaration("rate", "number", "5", "Packets a second.", "1..", "7"),
                new OptionDeclaration("idle", "duration", "90s", "How long.", "..1h", "90s"),
                new OptionDeclaration("onMiss", "choice", "drop-all", "What to do.", "pass, drop-all", "drop-all"),
            ],
            plugin.Close().Declaration.Options);
    }

    [Theory]
    [InlineData("rate: fast", "rate: must be a whole number from 1 to 100, but is the value 'fast'.")]
    [InlineData("rate: 101", "rate: must be a whole number from 1 to 100, but is the value '101'.")]
    [InlineData("rate: [1, 2]", "rate: must be a single value, but is a list.")]
    [InlineData("strict: perhaps", "strict: must be true or false, but is the value 'perhaps'.")]
    [InlineData("idle: 100", "idle: '100' has no unit; write 100ms, 100s, 100m, 100h or 100d.")]
    [InlineData("idle: soon", "idle: 'soon' is not a length of time; write a whole number and ms, s, m, h or d, such as 100ms.")]
    [InlineData("idle: 2h", "idle: '2h' is not from 1s to 1h.")]
    [InlineData("idle: 99999999999999999d", "idle: '99999999999999999d' is not from 1s to 1h.")]
    [InlineData("onMiss: drop-al", "onMiss: 'drop-al' is not one of pass, drop-all; did you mean 'drop-all'?")]
    [InlineData("inside: 10.0.0.0/33", "inside: '10.0.0.0/33' ")]
    [InlineData("names: one", "names: must be a list, but is the value 'one'.")]
    [InlineData("ratte: 5", "ratte: is not an option of plugin 'acme-limit'; did you mean 'rate'?")]
    [InlineData("zzzzzz: 5", "zzzzzz: is not an option of plugin 'acme-limit'; it has rate, strict, idle, onMiss, inside, names.")]
    public void A_wrong_option_is_told_with_its_place_and_what_would_be_right(string yaml, string told)
    {
        PluginBuilder plugin = Plugin(yaml);
        Declare(plugin);
        Assert.StartsWith($"agent.yaml:1: {told}", plugin.ExplainOptions(isComplete: true), StringComparison.Ordinal);
    }

    [Fact]
    public void All_mistakes_are_told_at_once()
    {
        PluginBuilder plugin = Plugin("rate: fast\nidle: soon");
        Declare(plugin);
        string told = plugin.ExplainOptions(isComplete: true)!;
        Assert.Contains("agent.yaml:1: rate: ", told, StringComparison.Ordinal);
        Assert.Contains("agent.yaml:2: idle: ", told, StringComparison.Ordinal);
    }

    [Fact]
    public void A_required_option_that_is_missing_is_told()
    {
        PluginBuilder plugin = Plugin("{}");
        Assert.Equal(3, plugin.Options.RequiredNumber("rate", "Packets a second.", 3, 9));
        Assert.Equal("agent.yaml:1: rate: is required by plugin 'acme-limit': Packets a second.", plugin.ExplainOptions(isComplete: true));
    }

    [Fact]
    public void A_tool_that_only_reads_declarations_gives_no_required_options()
    {
        var plugin = new PluginBuilder(
            "acme-limit", OptionText.Of([], "the check"), new InMemoryTemplates("acme-limit", "bpf/", new Dictionary<string, string>()), isDetached: true);
        Assert.Equal("", plugin.Options.RequiredText("file", "A file."));
        Assert.Null(plugin.ExplainOptions(isComplete: true));
    }

    [Fact]
    public void A_plugin_declares_its_options_rightly()
    {
        PluginBuilder plugin = Plugin("{}");
        Refused(() => plugin.Options.Flag("Strict", true, "x"), "The option 'Strict': an option's name begins with a lower-case letter and has letters, digits and hyphens, at most 48, such as 'packetsPerSecond'.");
        Refused(() => plugin.Options.Flag("strict", true, ""), "The option 'strict': it has no description. Write one sentence for the operator.");
        Refused(() => plugin.Options.Number("rate", 0, "Packets a second.", 1, 9), "The option 'rate': its default 0 is not from 1 to 9.");
        plugin.Options.Flag("strict", true, "Whether it is strict.");
        Refused(() => plugin.Options.Flag("strict", true, "Whether it is strict."), "The option 'strict': it is declared already. Keep its value in a variable.");
    }

    [Fact]
    public async Task A_plugin_with_a_wrong_option_is_quarantined()
    {
        QuarantinedPlugin refused = await TestHost.RefuseAsync(BuiltPlugin.Obedient, ("comand", "echo"));
        Assert.Equal(("obedient", "Plugin 'obedient' cannot take its options. the test: options.comand: is not an option of plugin 'obedient'; did you mean 'command'?"), (refused.Id, refused.Reason));
    }

    private static void Declare(PluginBuilder plugin)
    {
        plugin.Options.Number("rate", 5, "Packets a second.", 1, 100);
        plugin.Options.Flag("strict", true, "Whether it is strict.");
        plugin.Options.Duration("idle", TimeSpan.FromSeconds(5), "How long.", TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
        plugin.Options.Choice("onMiss", Miss.Pass, "What to do.");
        plugin.Options.Network("inside", null, "The inside.");
        plugin.Options.Texts("names", "Names.");
    }

    private static void Refused(Action declaration, string message) =>
        Assert.Equal(message, Assert.ThrowsAny<ArgumentException>(declaration).Message);

    private static PluginBuilder Plugin(string yaml) => new(
        "acme-limit",
        (MappingNode)YamlText.Read(yaml, "agent.yaml", new DocumentLimits())[0],
        new InMemoryTemplates("acme-limit", "bpf/", new Dictionary<string, string>()));

    private enum Miss
    {
        Pass,
        DropAll,
    }
}
