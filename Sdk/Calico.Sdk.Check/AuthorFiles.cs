using System.Globalization;
using System.Text.RegularExpressions;

namespace Calico.Sdk.Check;

/// <summary>From what Core calls a file, and from a stack, to the file that the author edits.</summary>
internal sealed partial class AuthorFiles(CheckRequest request)
{
    // EmbeddedTemplates names a template so.
    private readonly string _prefix = Path.GetFileNameWithoutExtension(request.Assembly) + "/";

    /// <summary>The project file: for what has no place of its own.</summary>
    public Place Project => new(request.Project);

    /// <summary>Whether a diagnostic's file is one of the author's.</summary>
    public bool Owns(string displayPath) => displayPath.StartsWith(_prefix, StringComparison.Ordinal);

    /// <summary>The place in the author's file, or the same place in a file of somebody else.</summary>
    public Place Find(string displayPath, int line, int column) => displayPath.Length == 0
        ? Project
        : new Place(Owns(displayPath) ? Path.Combine(request.ProjectFolder, displayPath[_prefix.Length..]) : displayPath, line, column);

    /// <summary>The innermost line of the author's own code in the text of an exception; the project file where there is none.</summary>
    public Place FindInStack(string stack)
    {
        foreach (Match frame in Frame().Matches(stack))
        {
            string file = frame.Groups["file"].Value;
            if (Path.IsPathFullyQualified(file) && IsBelow(file, request.ProjectFolder) && File.Exists(file))
            {
                return new Place(file, int.Parse(frame.Groups["line"].ValueSpan, CultureInfo.InvariantCulture));
            }
        }

        return Project;
    }

    private static bool IsBelow(string file, string folder) => file.StartsWith(folder + "/", StringComparison.Ordinal);

    [GeneratedRegex(@" in (?<file>/[^\n]+?):line (?<line>\d+)")]
    private static partial Regex Frame();
}
