namespace Calico.Core.Compile;

/// <summary>Templates in a folder: read anew each time, so that an author's next run sees the last edit.</summary>
public sealed class FolderTemplates : ITemplateSource
{
    private readonly string _folder;
    private readonly string _displayPrefix;

    /// <param name="folder">The folder; its sub-folders are part of a template's name.</param>
    /// <param name="owner">The plugin's id, or <c>core</c>.</param>
    /// <param name="displayPrefix">Goes before the name in diagnostics; the folder's own path if null.</param>
    public FolderTemplates(string folder, string owner, string? displayPrefix = null)
    {
        _folder = Path.GetFullPath(folder);
        _displayPrefix = displayPrefix ?? _folder.TrimEnd('/') + "/";
        Owner = owner;
    }

    public string Owner { get; }

    public IReadOnlyList<string> Names => Directory.Exists(_folder)
        ? [.. Directory.EnumerateFiles(_folder, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(_folder, path))
            .Where(name => name.EndsWith(".sbn", StringComparison.Ordinal) || name.EndsWith(".h", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)]
        : [];

    public TemplateText? Find(string name)
    {
        var path = Path.GetFullPath(Path.Combine(_folder, name));
        // A name with ".." in it would make what a plugin's diagnostics point at depend on where the folder lies.
        return path.StartsWith(_folder.TrimEnd('/') + "/", StringComparison.Ordinal) && File.Exists(path)
            ? new TemplateText(name, File.ReadAllText(path), _displayPrefix + name, Owner)
            : null;
    }
}
