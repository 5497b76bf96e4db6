namespace Calico.Lab;

/// <summary>The lab could not be built, or something that runs in it did not do what was waited for.</summary>
public sealed class LabException : Exception
{
    /// <summary>Without details; the others say more.</summary>
    public LabException()
    {
    }

    /// <summary>With a sentence that says what happened and what to do.</summary>
    public LabException(string message)
        : base(message)
    {
    }

    /// <summary>With a sentence and its cause.</summary>
    public LabException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
