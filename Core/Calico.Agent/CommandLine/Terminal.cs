using Spectre.Console;

namespace Calico.Agent.CommandLine;

/// <summary>Where a command writes, and whether a person is looking.</summary>
internal sealed class Terminal
{
    // Without a screen nothing is to be wrapped: a line is a row, for grep and awk.
    private const int WidthWithoutScreen = 10_000;

    private Terminal(TextWriter output, TextWriter error, bool isScreen, bool hasColours)
    {
        Output = output;
        Error = error;
        IsScreen = isScreen;
        Console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = isScreen ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = hasColours ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = isScreen ? InteractionSupport.Detect : InteractionSupport.No,
            Out = new AnsiConsoleOutput(output),
        });
        if (!isScreen)
        {
            Console.Profile.Width = WidthWithoutScreen;
        }
    }

    public TextWriter Output { get; }

    public TextWriter Error { get; }

    /// <summary>Whether standard output is a screen that can be drawn over.</summary>
    public bool IsScreen { get; }

    /// <summary>For tables.</summary>
    public IAnsiConsole Console { get; }

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
}
