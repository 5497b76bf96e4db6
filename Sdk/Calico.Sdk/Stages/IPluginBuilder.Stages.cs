namespace Calico.Sdk;

/// <content>What happens to packets.</content>
public partial interface IPluginBuilder
{
    /// <summary>Declares a stage.</summary>
    /// <param name="name">Lower-case letters, digits and underscores; unique among all plugins of the node.</param>
    /// <param name="phase">Where in the packet's path it sits.</param>
    IStageBuilder Stage(string name, StagePhase phase);

    /// <summary>Declares a reason for which a stage of this plugin drops: <c>DROP_NAME</c> in C.</summary>
    /// <param name="name">UPPER_CASE, unique among all plugins of the node.</param>
    /// <param name="sentence">What it means, for the person whose packet it was.</param>
    void DropReason(string name, string sentence);
}
