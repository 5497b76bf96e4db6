namespace Calico.Core.Chain;

/// <summary>What a program of a chain is for. All but <see cref="Stage"/> are the spine's.</summary>
public enum ProgramRole
{
    /// <summary>Parses, then calls the first PreFlow stage. Only where the hook has PreFlow stages.</summary>
    Parse = 0,

    /// <summary>Finds the flow, runs the inline stages, and forwards where nothing else wants the packet.</summary>
    Flow = 1,

    /// <summary>Stores what the NewFlow stages decided.</summary>
    Commit = 2,

    /// <summary>The end of a chain after a tail-called PostFlow stage; on XDP: hands the packet to the kernel.</summary>
    Forward = 3,

    /// <summary>Counts and drops.</summary>
    Drop = 4,

    /// <summary>A plugin's stage.</summary>
    Stage = 5,
}
