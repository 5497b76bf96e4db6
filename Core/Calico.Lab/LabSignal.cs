namespace Calico.Lab;

/// <summary>The signals that a lab sends to what it started.</summary>
public enum LabSignal
{
    /// <summary>Reads the configuration again, where a process takes it so.</summary>
    HangUp = 1,

    /// <summary>What Ctrl-C sends.</summary>
    Interrupt = 2,

    /// <summary>Ends at once, whatever the process thinks of it.</summary>
    Kill = 9,

    /// <summary>A polite request to end.</summary>
    Terminate = 15,

    /// <summary>Continues after <see cref="Stop"/>.</summary>
    Continue = 18,

    /// <summary>Holds the process still.</summary>
    Stop = 19,
}
