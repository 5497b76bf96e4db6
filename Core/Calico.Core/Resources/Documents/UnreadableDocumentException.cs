using Calico.Sdk.Resources;

namespace Calico.Core.Resources.Documents;

/// <summary>A text is no YAML, or goes beyond a bound: nothing can be said about any of its documents.</summary>
public sealed class UnreadableDocumentException : Exception
{
    public UnreadableDocumentException(ResourceProblem problem)
        : base(problem?.ToString())
    {
        ArgumentNullException.ThrowIfNull(problem);
        Problem = problem;
    }

    public UnreadableDocumentException(SourcePosition position, string reason)
        : this(new ResourceProblem(ProblemSeverity.Error, position, "", reason))
    {
    }

    /// <summary>What is wrong, and where.</summary>
    public ResourceProblem Problem { get; }
}
