using Calico.Agent.CommandLine;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Calico.Agent.Rendering;

/// <summary>Writes answers, once or again and again.</summary>
internal sealed class AnswerWriter(Terminal terminal, OutputFormat format)
{
    public void Write(Answer answer)
    {
        switch (format)
        {
            case OutputFormat.Json:
                terminal.Output.WriteLine(JsonText.Indented(answer.Data));
                break;
            case OutputFormat.Yaml:
                terminal.Output.Write(YamlText.Of(answer.Data));
                break;
            default:
                terminal.Write(answer.View());
                break;
        }
    }

    /// <summary>
    /// Asks and writes at an interval until it is stopped. On a screen the table is redrawn in its place; elsewhere each
    /// round follows the last: tables with an empty line between, JSON a line each, YAML a document each.
    /// </summary>
    public async Task WatchAsync(Func<CancellationToken, Task<Answer>> ask, TimeSpan interval, CancellationToken cancellationToken)
    {
        Answer first = await ask(cancellationToken);
        try
        {
            if (format == OutputFormat.Table && terminal.IsScreen)
            {
                await RedrawAsync(first, ask, interval, cancellationToken);
            }
            else
            {
                await AppendAsync(first, ask, interval, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Ctrl-C is how a watch ends.
        }
    }

    private async Task RedrawAsync(Answer first, Func<CancellationToken, Task<Answer>> ask, TimeSpan interval, CancellationToken cancellationToken)
    {
        IRenderable view = first.View();
        await terminal.Screen.Live(view).Overflow(VerticalOverflow.Ellipsis).Cropping(VerticalOverflowCropping.Bottom).StartAsync(async live =>
        {
            live.Refresh();
            while (true)
            {
                await Task.Delay(interval, cancellationToken);
                live.UpdateTarget((await ask(cancellationToken)).View());
            }
        });
    }

    private async Task AppendAsync(Answer first, Func<CancellationToken, Task<Answer>> ask, TimeSpan interval, CancellationToken cancellationToken)
    {
        for (Answer answer = first; ; answer = await ask(cancellationToken))
        {
            switch (format)
            {
                case OutputFormat.Json:
                    terminal.Output.WriteLine(JsonText.OneLine(answer.Data));
                    break;
                case OutputFormat.Yaml:
                    terminal.Output.WriteLine("---");
                    Write(answer);
                    break;
                default:
                    Write(answer);
                    terminal.Output.WriteLine();
                    break;
            }

            await terminal.Output.FlushAsync(cancellationToken);
            await Task.Delay(interval, cancellationToken);
        }
    }
}
