using Calico.Core.Chain;
using Calico.Core.Chain.Declarations;
using Calico.Sdk;
using static Calico.Core.Tests.Chain.Declare;

namespace Calico.Core.Tests.Chain;

/// <summary>What is refused for what a plugin declares, alone or beside others.</summary>
public sealed class DeclarationTests
{
    public static TheoryData<string, string> Refused => new()
    {
        { "inline-newflow", "is an inline NewFlow stage" },
        { "inline-preflow", "is an inline PreFlow stage" },
        { "ondemand-newflow", "is an on-demand NewFlow stage" },
        { "ondemand-preflow", "is an on-demand PreFlow stage" },
        { "xdp-newflow", "is a NewFlow stage on XDP" },
        { "xdp-postflow", "is a PostFlow stage on XDP" },
        { "no-hook", "is on hooks 'None'" },
        { "bad-name", "declares the stage 'Policy'" },
        { "spine-name", "declares the stage 'forward', and the spine itself uses" },
        { "contract-name", "declares the stage 'next', and the spine itself uses" },
        { "template-outside", "names the template '../x'" },
        { "parameter-twice", "declares the parameter 'rate' 2 times" },
        { "parameter-name", "declares the parameter of stage 's' 'Rate'" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void A_stage_that_cannot_exist_is_refused(string name, string expected)
    {
        StageDeclaration stage = name switch
        {
            "inline-newflow" => Stage("s").Inline(),
            "inline-preflow" => Stage("s", StagePhase.PreFlow).Inline(),
            "ondemand-newflow" => Stage("s").OnDemand(),
            "ondemand-preflow" => Stage("s", StagePhase.PreFlow).OnDemand(),
            "xdp-newflow" => Stage("s", hooks: Hooks.Tc | Hooks.Xdp),
            "xdp-postflow" => Stage("s", StagePhase.PostFlow, Hooks.Xdp),
            "no-hook" => Stage("s", hooks: Hooks.None),
            "bad-name" => Stage("Policy"),
            "spine-name" => Stage("forward"),
            "contract-name" => Stage("next"),
            "template-outside" => Stage("s") with { Template = "../x" },
            "parameter-twice" => Stage("s") with { Parameters = [new("rate", 1), new("rate", 2)] },
            _ => Stage("s") with { Parameters = [new("Rate", 1)] },
        };

        PlanProblem problem = Problem(Plugin("p", stage));

        Assert.Equal("p", problem.PluginId);
        Assert.Contains(expected, problem.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Policy")]
    [InlineData("a_b")]
    [InlineData("1a")]
    [InlineData("core")]
    [InlineData("a\n")]
    [InlineData("a-name-with-more-than-32-characters")]
    public void A_plugin_id_that_is_none_is_refused(string id) =>
        Assert.Contains($"A plugin has the id '{id}'", Problem(Plugin(id)).Sentence, StringComparison.Ordinal);

    [Fact]
    public void Two_plugins_with_one_id_are_refused() =>
        Assert.Contains("2 plugins have the id 'p'", Problem(Plugin("p"), Plugin("p")).Sentence, StringComparison.Ordinal);

    [Fact]
    public void Two_plugins_with_one_stage_name_are_both_named() =>
        Assert.Contains(
            "The stage 'a' of plugin 'p' and 'a' of plugin 'q' are one name",
            Problem(Plugin("q", Stage("a")), Plugin("p", Stage("a"))).Sentence,
            StringComparison.Ordinal);

    [Fact]
    public void Two_stages_of_one_name_in_one_plugin_are_refused() =>
        Assert.Contains("declares the stage 'a' 2 times", Problem(Plugin("p", Stage("a"), Stage("a"))).Sentence, StringComparison.Ordinal);

    [Fact]
    public void Two_plugins_with_one_drop_reason_are_both_named()
    {
        DropReasonDeclaration reason = new("p", "OVER_LIMIT", "too many");

        PlanProblem problem = Problem(
            Plugin("p") with { DropReasons = [reason] }, Plugin("q") with { DropReasons = [reason with { PluginId = "q" }] });

        Assert.Contains("drop reason 'OVER_LIMIT' of plugin 'p' and 'OVER_LIMIT' of plugin 'q'", problem.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_drop_reason_of_the_spine_cannot_be_declared_again() =>
        Assert.Contains(
            "'MALFORMED', which is one of the spine's own",
            Problem(Plugin("p") with { DropReasons = [new("p", "MALFORMED", "again")] }).Sentence,
            StringComparison.Ordinal);

    [Fact]
    public void Fields_of_two_plugins_that_are_one_name_in_C_are_refused() =>
        Assert.Contains(
            "'b_c' (a_b_c in C) of plugin 'a' and 'c' (a_b_c in C) of plugin 'a-b'",
            Problem(
                Plugin("a") with { FlowFields = [Field<int>("a", "b_c")] },
                Plugin("a-b") with { FlowFields = [Field<int>("a-b", "c")] }).Sentence,
            StringComparison.Ordinal);

    [Fact]
    public void A_missing_requirement_is_refused_with_a_near_name() =>
        Assert.Contains(
            "Plugin 'p' requires the plugin 'polcy', which is not installed (did you mean 'policy'?)",
            Problem(Plugin("p") with { Requires = ["polcy"] }, Plugin("policy")).Sentence,
            StringComparison.Ordinal);

    [Fact]
    public void A_requirement_that_is_there_is_met() => Plan(Plugin("p") with { Requires = ["q"] }, Plugin("q"));

    [Fact]
    public void A_conflict_is_refused_and_the_one_that_declares_it_is_at_fault()
    {
        PlanProblem problem = Problem(Plugin("p"), Plugin("q") with { Conflicts = ["p", "absent"] });

        Assert.Equal("q", problem.PluginId);
        Assert.Contains("'q' says that it cannot work beside the plugin 'p'", problem.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void All_problems_are_listed_at_once()
    {
        PlanResult result = ChainPlanner.Plan(
            [Plugin("p", Stage("a").Inline(), Stage("b").After("zzz")) with { Requires = ["q"] }], ChainRecord.Empty);

        Assert.Equal(3, result.Problems.Count);
    }
}
