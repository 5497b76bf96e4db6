namespace Calico.Agent.Demo;

/// <summary>How to start this program once more.</summary>
internal static class OwnExecutable
{
    /// <summary>The words that precede the arguments: <c>calico</c>, or <c>dotnet calico.dll</c> where it was started so.</summary>
    public static IReadOnlyList<string> Command { get; } = Find();

    private static IReadOnlyList<string> Find()
    {
        string process = Environment.ProcessPath ?? throw new InvalidOperationException("The kernel does not tell which file this process runs.");
        return Path.GetFileNameWithoutExtension(process) == "dotnet"
            ? [process, typeof(OwnExecutable).Assembly.Location]
            : [process];
    }
}
