namespace Calico.Sdk.Resources;

/// <summary>A single value as text, with the knowledge whether it was quoted.</summary>
public sealed class ScalarNode : ResourceNode
{
    private const int LongestShown = 60;

    /// <summary>Makes a scalar.</summary>
    /// <param name="text">The text without quotes.</param>
    /// <param name="isQuoted">Whether the text was quoted, and so is a text whatever it looks like.</param>
    /// <param name="position">Where it stands.</param>
    /// <param name="path">The way to it.</param>
    public ScalarNode(string text, bool isQuoted, SourcePosition position, ResourcePath path)
        : base(position, path)
    {
        ArgumentNullException.ThrowIfNull(text);
        Text = text;
        IsQuoted = isQuoted;
    }

    /// <summary>The text without quotes.</summary>
    public string Text { get; }

    /// <summary>Whether the text was quoted, and so is a text even if it looks like a number.</summary>
    public bool IsQuoted { get; }

    /// <inheritdoc/>
    public override bool IsNull => !IsQuoted && Text is ("" or "~" or "null" or "Null" or "NULL");

    /// <inheritdoc/>
    public override string Description => IsNull
        ? "nothing"
        : $"the value '{(Text.Length <= LongestShown ? Text : $"{Text.AsSpan(0, LongestShown)}…")}'";

    /// <inheritdoc/>
    public override bool HasContentOf(ResourceNode? other) =>
        other is ScalarNode scalar && scalar.Text == Text && scalar.IsQuoted == IsQuoted;
}
