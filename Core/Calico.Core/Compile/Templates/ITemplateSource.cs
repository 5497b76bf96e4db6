namespace Calico.Core.Compile;

/// <summary>Where an owner (Core or one plugin) keeps its templates and headers.</summary>
/// <remarks>Safe for concurrent use: rendering runs on several threads.</remarks>
public interface ITemplateSource
{
    /// <summary>The plugin's id, or <c>core</c>: errors are reported to it.</summary>
    string Owner { get; }

    /// <summary>All names this source can give, in ordinal order.</summary>
    IReadOnlyList<string> Names { get; }

    /// <summary>The template of this name, or null if this source has none.</summary>
    TemplateText? Find(string name);
}
