namespace Calico.Sdk.Resources;

/// <summary>Gathers all that is wrong in a document, so that an operator corrects it in one round and not in ten.</summary>
/// <remarks>Not safe for use from several threads at once; a document is read by one.</remarks>
public sealed class ProblemList
{
    // A list of 100,000 bad items would otherwise make a report of as many lines.
    private const int MostKept = 100;
    private readonly List<ResourceProblem> _problems = [];
    private int _errors;

    /// <summary>The problems in the order they were found.</summary>
    public IReadOnlyList<ResourceProblem> Problems => _problems;

    /// <summary>Whether one of the problems is an error.</summary>
    public bool HasErrors => _errors > 0;

    /// <summary>Records that a document cannot be used.</summary>
    /// <param name="position">Where it stands.</param>
    /// <param name="path">The field; empty when the whole document is meant.</param>
    /// <param name="reason">What is wrong.</param>
    public void Error(SourcePosition position, string path, string reason)
    {
        _errors++;
        Add(new ResourceProblem(ProblemSeverity.Error, position, path, reason));
    }

    /// <summary>Records that a document says something that has no effect.</summary>
    /// <param name="position">Where it stands.</param>
    /// <param name="path">The field; empty when the whole document is meant.</param>
    /// <param name="reason">What has no effect, or is doubtful.</param>
    public void Warning(SourcePosition position, string path, string reason) =>
        Add(new ResourceProblem(ProblemSeverity.Warning, position, path, reason));

    private void Add(ResourceProblem problem)
    {
        if (_problems.Count < MostKept)
        {
            _problems.Add(problem);
        }
        else if (_problems.Count == MostKept)
        {
            _problems.Add(new ResourceProblem(problem.Severity, problem.Position, "", $"more than {MostKept} problems; the rest are not shown"));
        }
    }
}
