using Calico.Core.Chain;
using Calico.Core.Chain.Declarations;
using Calico.Sdk;
using static Calico.Core.Tests.Chain.Declare;

namespace Calico.Core.Tests.Chain;

public sealed class ChainExplainerTests
{
    private static IReadOnlyList<StageExplanation> Explain(params StageDeclaration[] stages) =>
        ChainExplainer.Explain(Plan(Plugin("p", stages)), Hooks.WorkloadIngress);

    [Fact]
    public void Stages_are_explained_in_the_order_of_the_chain_with_their_places_in_the_phase()
    {
        IReadOnlyList<StageExplanation> explanations = Explain(
            Stage("post", StagePhase.PostFlow), Stage("b"), Stage("a"), Stage("pre", StagePhase.PreFlow));

        Assert.Equal([("pre", 1), ("a", 1), ("b", 2), ("post", 1)], explanations.Select(e => (e.Stage, e.Position)));
        Assert.Equal("It is the first PreFlow stage of workload-ingress.", explanations[0].Sentences[0]);
    }

    [Fact]
    public void A_tie_is_explained_by_the_name() =>
        Assert.Equal("It comes after 'a' by name only: no constraint orders the two.", Explain(Stage("b"), Stage("a"))[1].Sentences[0]);

    [Fact]
    public void A_constraint_is_explained_by_who_asked()
    {
        IReadOnlyList<StageExplanation> explanations = Explain(Stage("a").After("b"), Stage("b"));

        Assert.Equal("It comes after 'b' because 'a' of plugin 'p' asks to run after 'b'.", explanations[1].Sentences[0]);
        Assert.Contains("A constraint: 'a' of plugin 'p' asks to run after 'b'.", explanations[0].Sentences);
    }

    [Fact]
    public void An_inline_neighbour_is_explained_by_the_forms()
    {
        StageExplanation explanation = Explain(Stage("a", StagePhase.PostFlow).OnDemand(), Stage("b", StagePhase.PostFlow).Inline())[1];

        Assert.Equal(
            ["It comes after 'b' because inline stages run before tail-called ones.", "It runs only for flows that subscribed to it (bit 0)."],
            explanation.Sentences);
    }

    [Fact]
    public void Constraints_without_effect_are_explained()
    {
        IReadOnlyList<StageExplanation> explanations = Explain(
            Stage("a").After("absent", optional: true).After("post", optional: true).Before("elsewhere"),
            Stage("post", StagePhase.PostFlow),
            Stage("elsewhere", hooks: Hooks.HostEgress));

        Assert.Contains("It asks to run after 'absent', which is without effect here: no stage of that name is installed.", explanations[0].Sentences);
        Assert.Contains("It asks to run after 'post', which is without effect here: that stage is in phase PostFlow.", explanations[0].Sentences);
        Assert.Contains("It asks to run before 'elsewhere', which is without effect here: that stage is not on workload-ingress.", explanations[0].Sentences);
    }

    [Fact]
    public void A_hook_without_a_chain_has_nothing_to_explain() =>
        Assert.Empty(ChainExplainer.Explain(Plan(), Hooks.Xdp));
}
