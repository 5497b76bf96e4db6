using Scriban.Runtime;

namespace Calico.Core.Compile;

/// <summary>Scriban's way out: hands each piece, with its place in the template, to <see cref="PositionedText"/>.</summary>
internal sealed class RenderOutput(RenderContext context) : IScriptOutput
{
    /// <summary>More C than this for one object is a loop gone wrong, and clang would take minutes to say so.</summary>
    public const int Limit = 8 << 20;

    public PositionedText Text { get; } = new();

    public void Write(string text, int offset, int count)
    {
        var (origin, isTemplateText) = context.CurrentOrigin;
        Text.Append(text.AsSpan(offset, count), origin, isTemplateText);
        if (Text.Length > Limit)
        {
            throw context.Error(
                $"more than {Limit >> 20} MiB of C were rendered",
                "look for a loop that never ends, and put data into maps, not into the program");
        }
    }

    public ValueTask WriteAsync(string text, int offset, int count, CancellationToken cancellationToken)
    {
        Write(text, offset, count);
        return ValueTask.CompletedTask;
    }
}
