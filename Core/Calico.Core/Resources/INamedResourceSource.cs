using Calico.Sdk.Resources;

namespace Calico.Core.Resources;

/// <summary>A source that a store reads itself.</summary>
public interface INamedResourceSource : IResourceSource
{
    /// <summary>A name for listings, unique in the store, such as <c>folder</c>.</summary>
    string Name { get; }
}
