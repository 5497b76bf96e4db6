namespace Calico.Sdk.Testing;

/// <summary>
/// A chain could not be made: a plugin's declaration, template or program is wrong, or the machine lacks something. The
/// message says what, where (file and line), and what to do.
/// </summary>
public sealed class ChainStartException : Exception
{
    /// <summary>Says what is wrong.</summary>
    /// <param name="message">Sentences.</param>
    /// <param name="cause">What was thrown below; null where nothing was.</param>
    public ChainStartException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }
}
