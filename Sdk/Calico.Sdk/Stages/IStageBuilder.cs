namespace Calico.Sdk;

/// <summary>Declares one stage; every method returns the builder.</summary>
/// <remarks>
/// Order: inside a phase, <see cref="Before"/> and <see cref="After"/> name other stages; ties break by name. A cycle or
/// an unknown name that is not optional is an error at plan time.
/// </remarks>
public interface IStageBuilder
{
    /// <summary>
    /// The template's name below the assembly's embedded <c>bpf/</c> folder. Default: the stage's name plus <c>.bpf.c.sbn</c>.
    /// </summary>
    IStageBuilder Template(string name);

    /// <summary>The hooks whose chains get the stage. Default: all TC hooks.</summary>
    IStageBuilder On(Hooks hooks);

    /// <summary>Renders the stage into the flow-lookup program. PostFlow only.</summary>
    IStageBuilder Inline();

    /// <summary>
    /// Runs only for flows that subscribed with <c>flow_subscribe(pkt, NAME)</c> in a NewFlow stage. PostFlow only;
    /// the default is every packet.
    /// </summary>
    IStageBuilder OnDemand();

    /// <summary>Runs before the named stage of the same phase.</summary>
    /// <param name="stage">The other stage's name.</param>
    /// <param name="optional">True: no error where no such stage is installed.</param>
    IStageBuilder Before(string stage, bool optional = false);

    /// <summary>Runs after the named stage of the same phase.</summary>
    /// <param name="stage">The other stage's name.</param>
    /// <param name="optional">True: no error where no such stage is installed.</param>
    IStageBuilder After(string stage, bool optional = false);

    /// <summary>What happens when the tail call to this stage is missed. Default: <see cref="MissedCallRule.Drop"/>.</summary>
    IStageBuilder WhenMissed(MissedCallRule rule);

    /// <summary>
    /// True: when this stage arrives, changes or goes, established flows are decided again; otherwise it holds for new flows only.
    /// </summary>
    IStageBuilder RedecidesFlows(bool value = true);

    /// <summary>
    /// A value that the template sees as <c>parameters.NAME</c> and the C code as <c>param_NAME</c>.
    /// </summary>
    /// <param name="name">snake_case, unique in the stage.</param>
    /// <param name="value">An integer that fits 64 bits.</param>
    IStageBuilder Parameter(string name, long value);
}
