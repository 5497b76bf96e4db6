namespace Calico.Core.Compile;

/// <summary>A template as its source gave it.</summary>
/// <param name="Name">The name that <c>include</c> uses, such as <c>flowstart.bpf.c.sbn</c>.</param>
/// <param name="Text">The text, with line feeds as line ends.</param>
/// <param name="DisplayPath">What a diagnostic calls the file, such as <c>Calico.Plugins.FlowCounters/bpf/flowstart.bpf.c.sbn</c>.</param>
/// <param name="Owner">The plugin's id, or <c>core</c>.</param>
public sealed record TemplateText(string Name, string Text, string DisplayPath, string Owner)
{
    /// <summary>Line ends decide what a line number means, so there is one kind of them from here on.</summary>
    public string Text { get; } = Text.Replace("\r\n", "\n", StringComparison.Ordinal);
}
