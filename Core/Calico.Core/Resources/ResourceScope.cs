using Calico.Sdk.Resources;

namespace Calico.Core.Resources;

/// <summary>
/// Which resources a reader is given: those of the shared kinds, and those of kinds that are its own. An object of another plugin's
/// kind would be of no use to it, and would keep that plugin's assembly in memory as long as the reader likes.
/// </summary>
internal sealed class ResourceScope(IReadOnlyCollection<Type> own)
{
    /// <summary>For the owner of the store, who lets go of what plugins take back.</summary>
    public static ResourceScope Everything { get; } = new([typeof(IResource)]);

    public bool Takes(IResource? resource) =>
        resource is not null && (!resource.GetType().IsCollectible || own.Any(type => type.IsInstanceOfType(resource)));

    /// <summary>The change as far as the reader sees it; null where it sees nothing of it.</summary>
    public ResourceChange? Of(ResourceChange change)
    {
        bool old = Takes(change.Old);
        bool now = Takes(change.New);
        return !old && !now ? null : new ResourceChange(change.Key, old ? change.Old : null, now ? change.New : null);
    }
}
