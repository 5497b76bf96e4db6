using Spectre.Console;

namespace Calico.Agent.CommandLine;

/// <summary>Where a command writes, and whether a person is looking.</summary>
internal sealed class Terminal
{
    // What is written once is not fitted: a row is a line, for grep and awk, and a terminal wraps it better than a table does.
    private const int Unlimited = 10_000;

    private Terminal(TextWriter output, TextWriter error, bool isScreen, bool hasColours)
    {
        Output = output;
        Error = error;
        IsScreen = isScreen;
        Screen = AnsiConsole.Create(Settings(output, isScreen, hasColours));
        Console = AnsiConsole.Create(Settings(output, isScreen, hasColours));
        Console.Profile.Width = Unlimited;
    }


    public TextWriter Output { get; }

    public TextWriter Error { get; }

    /// <summary>Whether standard output is a screen that can be drawn over.</summary>
    public bool IsScreen { get; }

    /// <summary>For tables that are written once.</summary>
    public IAnsiConsole Console { get; }

    /// <summary>For what is drawn over again and again, within the screen's width.</summary>
    public IAnsiConsole Screen { get; }

    /// <summary>The process's own.</summary>
    public static Terminal OfProcess()
    {
        bool isScreen = !System.Console.IsOutputRedirected && Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb");
        // https://no-color.org
        bool hasColours = isScreen && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        return new Terminal(System.Console.Out, System.Console.Error, isScreen, hasColours);
    }

    /// <summary>One that nobody looks at: a file, a pipe, a test.</summary>
    public static Terminal To(TextWriter output, TextWriter error) => new(output, error, isScreen: false, hasColours: false);

    private static AnsiConsoleSettings Settings(TextWriter output, bool isScreen, bool hasColours) => new()
    {
        Ansi = isScreen ? AnsiSupport.Detect : AnsiSupport.No,
        ColorSystem = hasColours ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
        Interactive = isScreen ? InteractionSupport.Detect : InteractionSupport.No,
        Out = new AnsiConsoleOutput(output),
    };
}
