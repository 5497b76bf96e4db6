namespace Calico.Core.Compile;

/// <summary>The kernel's verifier refused a program; the message is one sentence, <see cref="Rejection"/> has the whole log.</summary>
public sealed class VerifierException(VerifierRejection rejection, Exception? inner = null) : Exception(rejection.ToString(), inner)
{
    /// <summary>What the verifier had against it, and where.</summary>
    public VerifierRejection Rejection { get; } = rejection;
}
