using System.Collections.Concurrent;
using System.Reflection;

namespace Calico.Core.Compile;

/// <summary>
/// Templates embedded in an assembly as resources. A plugin may be loaded from memory, where it has no folder to read
/// from, so its templates travel inside its assembly.
/// </summary>
public sealed class EmbeddedTemplates : ITemplateSource
{
    private readonly Assembly _assembly;
    private readonly string _prefix;
    private readonly string _displayPrefix;
    private readonly ConcurrentDictionary<string, TemplateText?> _read = new(StringComparer.Ordinal);

    /// <param name="assembly">The assembly that carries the resources.</param>
    /// <param name="prefix">The part of the resource names before the template's name: <c>bpf/</c> in plugins, <c>bpf-templates/</c> in Core.</param>
    /// <param name="owner">The plugin's id, or <c>core</c>.</param>
    public EmbeddedTemplates(Assembly assembly, string prefix, string owner)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        ArgumentNullException.ThrowIfNull(prefix);
        _assembly = assembly;
        _prefix = prefix.EndsWith('/') ? prefix : prefix + "/";
        _displayPrefix = $"{assembly.GetName().Name}/{_prefix}";
        Owner = owner;
        Names = [.. assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(_prefix, StringComparison.Ordinal))
            .Select(name => name[_prefix.Length..])
            .Order(StringComparer.Ordinal)];
    }

    /// <summary>The spine's templates and the header library, which Core carries itself.</summary>
    public static EmbeddedTemplates Core { get; } = new(typeof(EmbeddedTemplates).Assembly, "bpf-templates/", "core");

    public string Owner { get; }

    public IReadOnlyList<string> Names { get; }

    public TemplateText? Find(string name) => _read.GetOrAdd(name, Read);

    private TemplateText? Read(string name)
    {
        using var stream = _assembly.GetManifestResourceStream(_prefix + name);
        if (stream is null)
        {
            return null;
        }

        using var reader = new StreamReader(stream);
        return new TemplateText(name, reader.ReadToEnd(), _displayPrefix + name, Owner);
    }
}
