using Calico.Core.Chain.Declarations;
using Calico.Sdk;

namespace Calico.Core.Plugins;

/// <content>Stages and drop reasons.</content>
internal sealed partial class PluginBuilder
{
    private readonly List<StageBuilder> _stages = [];
    private readonly List<DropReasonDeclaration> _dropReasons = [];

    public IStageBuilder Stage(string name, StagePhase phase)
    {
        Check(NameRules.ExplainSnakeCase(name), "stage", name, nameof(name));
        RefuseSecond(_stages.Any(stage => stage.Name == name), "stage", name, nameof(name));
        Check(Enum.IsDefined(phase) ? null : $"{phase} is not a phase. Take PreFlow, NewFlow or PostFlow.", "stage", name, nameof(phase));
        var stage = new StageBuilder(this, new StageDeclaration(Id, name, phase));
        _stages.Add(stage);
        return stage;
    }

    public void DropReason(string name, string sentence)
    {
        Check(NameRules.ExplainUpperCase(name), "drop reason", name, nameof(name));
        RefuseSecond(_dropReasons.Any(reason => reason.Name == name), "drop reason", name, nameof(name));
        Check(string.IsNullOrWhiteSpace(sentence) ? "it has no sentence. Say what it means to the person whose packet it was." : null, "drop reason", name, nameof(sentence));
        _dropReasons.Add(new DropReasonDeclaration(Id, name, sentence));
    }
}
