namespace Calico.Core.Compile;

/// <summary>Templates given as text: generated ones, and those of tests.</summary>
public sealed class InMemoryTemplates : ITemplateSource
{
    private readonly SortedDictionary<string, TemplateText> _templates = new(StringComparer.Ordinal);

    /// <param name="owner">The plugin's id, or <c>core</c>.</param>
    /// <param name="displayPrefix">Goes before the name in diagnostics, such as <c>Calico.Plugins.Nat/bpf/</c>.</param>
    /// <param name="templates">Text by name.</param>
    public InMemoryTemplates(string owner, string displayPrefix, IEnumerable<KeyValuePair<string, string>> templates)
    {
        ArgumentNullException.ThrowIfNull(templates);
        Owner = owner;
        foreach (var (name, text) in templates)
        {
            _templates.Add(name, new TemplateText(name, text, displayPrefix + name, owner));
        }

        Names = [.. _templates.Keys];
    }

    public string Owner { get; }

    public IReadOnlyList<string> Names { get; }

    public TemplateText? Find(string name) => _templates.GetValueOrDefault(name);
}
