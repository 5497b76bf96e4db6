namespace Calico.Core.Compile;

/// <summary>A header that programs include and that is on no disk until clang needs it.</summary>
/// <param name="Path">What <c>#include</c> calls it, such as <c>calico/bpf.h</c>.</param>
/// <param name="Text">Its text.</param>
/// <param name="DisplayPath">What diagnostics call it.</param>
/// <param name="Owner">The plugin's id, or <c>core</c>.</param>
public sealed record VirtualHeader(string Path, string Text, string DisplayPath, string Owner)
{
    /// <summary>The headers (<c>*.h</c>) among a source's templates.</summary>
    public static IReadOnlyList<VirtualHeader> AllOf(ITemplateSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return [.. source.Names
            .Where(name => name.EndsWith(".h", StringComparison.Ordinal))
            .Select(name => source.Find(name)!)
            .Select(found => new VirtualHeader(found.Name, found.Text, found.DisplayPath, found.Owner))];
    }
}
