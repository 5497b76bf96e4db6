using Spectre.Console;
using Spectre.Console.Rendering;

namespace Calico.Agent.CommandLine;

/// <summary>Where a command writes, and whether a person is looking.</summary>
internal sealed class Terminal
{
    // What is written once is not fitted: a row is a line, for grep and awk, and a terminal wraps it better than a table does.
    private const int Unlimited = 10_000;
    private readonly bool _hasColours;

    private Terminal(TextWriter output, TextWriter error, bool isScreen, bool hasColours)
    {
        Output = output;
        Error = error;
        IsScreen = isScreen;
        _hasColours = hasColours;
        Screen = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = isScreen ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = hasColours ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = isScreen ? InteractionSupport.Detect : InteractionSupport.No,
            Out = new AnsiConsoleOutput(output),
        });
    }

    public TextWriter Output { get; }

    public TextWriter Error { get; }

    /// <summary>Whether standard output is a screen that can be drawn over.</summary>
    public bool IsScreen { get; }

    /// <summary>For what is drawn over again and again, within the screen's width.</summary>
    public IAnsiConsole Screen { get; }

    /// <summary>The process's own.</summary>
    public static Terminal OfProcess()
    {
        bool isScreen = !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb");
        // https://no-color.org
        bool hasColours = isScreen && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        return new Terminal(Console.Out, Console.Error, isScreen, hasColours);
    }

    /// <summary>One that nobody looks at: a file, a pipe, a test.</summary>
    public static Terminal To(TextWriter output, TextWriter error) => new(output, error, isScreen: false, hasColours: false);

    /// <summary>Writes a view once, whole.</summary>
    public void Write(IRenderable view)
    {
        using var text = new StringWriter();
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = _hasColours ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = _hasColours ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(text),
        });
        console.Profile.Width = Unlimited;
        console.Write(view);

        // Rows are filled up to the longest one, which on a narrower screen would be an empty line after each.
        foreach (string line in text.ToString().TrimEnd('\n').Split('\n'))
        {
            Output.WriteLine(line.TrimEnd());
        }
    }
}
