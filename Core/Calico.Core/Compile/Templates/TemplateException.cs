namespace Calico.Core.Compile;

/// <summary>A template cannot be rendered: the message is one sentence for the author of the template.</summary>
public sealed class TemplateException : Exception
{
    public TemplateException(string file, int line, int column, string owner, string problem, string advice)
        : base($"{file}:{line}:{column}: error: {problem} ({OwnerPhrase(owner)}); {advice}.")
    {
        File = file;
        Line = line;
        Column = column;
        Owner = owner;
        Problem = problem;
        Advice = advice;
    }

    /// <summary>The template's display path.</summary>
    public string File { get; }

    /// <summary>Counted from 1, as editors do.</summary>
    public int Line { get; }

    /// <summary>Counted from 1.</summary>
    public int Column { get; }

    /// <summary>The plugin's id, or <c>core</c>.</summary>
    public string Owner { get; }

    /// <summary>What is wrong.</summary>
    public string Problem { get; }

    /// <summary>What to do about it.</summary>
    public string Advice { get; }

    internal static string OwnerPhrase(string owner) => owner == "core" ? "in Core's own template" : $"in plugin {owner}";
}
