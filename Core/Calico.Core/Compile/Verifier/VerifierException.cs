using Calico.Core.Bpf;

namespace Calico.Core.Compile;

/// <summary>The kernel's verifier refused a program; the message is one sentence, <see cref="Rejection"/> has the whole log.</summary>
public sealed class VerifierException(VerifierRejection rejection, Exception? inner = null) : Exception(rejection.ToString(), inner)
{
    /// <summary>What the verifier had against it, and where.</summary>
    public VerifierRejection Rejection { get; } = rejection;

    /// <summary>The refusal of a load, put where the author can act on it; null if it was not the verifier that refused.</summary>
    /// <param name="refusal">What loading the object threw.</param>
    /// <param name="source">What the object was compiled from.</param>
    /// <param name="headers">What it could include: <see cref="ProgramCompiler.Headers"/> with those generated for it.</param>
    public static VerifierException? From(BpfException refusal, RenderedSource source, HeaderSet headers)
    {
        ArgumentNullException.ThrowIfNull(refusal);
        return refusal.VerifierLog is { } log
            ? new VerifierException(VerifierLogReader.Read(refusal.Subject, log, source, headers), refusal)
            : null;
    }
}
