namespace Calico.Agent.Demo.Checks;

/// <summary>One thing that was tried.</summary>
/// <param name="What">What.</param>
/// <param name="Expected">What should be seen.</param>
/// <param name="Seen">What was seen.</param>
/// <param name="IsAsExpected">Whether that is the same.</param>
internal sealed record Check(string What, string Expected, string Seen, bool IsAsExpected);

/// <summary>All that was tried, in its order.</summary>
/// <param name="tell">Told of what is not as expected, at once.</param>
internal sealed class CheckList(Action<string> tell)
{
    private readonly List<Check> _checks = [];

    public IReadOnlyList<Check> All => _checks;

    /// <summary>What is expected is what must be seen, word for word.</summary>
    public void Add(string what, string expected, string seen) => Add(what, expected, seen, expected == seen);

    public void Add(string what, string expected, string seen, bool isAsExpected)
    {
        _checks.Add(new Check(what, expected, seen, isAsExpected));
        if (!isAsExpected)
        {
            tell($"Not as expected: {what}: {seen} instead of {expected}");
        }
    }
}
