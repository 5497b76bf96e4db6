using Calico.Sdk.Resources;

namespace Calico.Sdk;

/// <content>Kinds of resources, and where resources come from.</content>
public partial interface IPluginBuilder
{
    /// <summary>
    /// Adds a kind: documents of it are read, refused with file and line where they are wrong, watched, listed by
    /// <c>calico get</c>, and given to the plugin's reconcilers. An <see cref="IResourceFeed"/> in the plugin's container
    /// has them for commands and services.
    /// </summary>
    /// <typeparam name="T">The type of the kind's objects: an immutable record.</typeparam>
    /// <param name="kind">
    /// Its names, and how an object is read. One plugin of a node brings a kind: another that claims it is refused when it is loaded.
    /// </param>
    /// <exception cref="ArgumentException">The plugin has added the kind already, or its names are not as documents can write them.</exception>
    void Resource<T>(ResourceKind<T> kind)
        where T : class, IResource;

    /// <summary>Adds a place that resources of any kind come from.</summary>
    /// <typeparam name="TSource">Made once by the plugin's container; <see cref="IDocumentReader"/> is there for it.</typeparam>
    /// <param name="name">What it is called in listings and logs, such as <c>etcd</c>: lower-case letters, digits and hyphens.</param>
    /// <exception cref="ArgumentException">The name or the type is added already, or the name is none.</exception>
    void ResourceSource<TSource>(string name)
        where TSource : class, IResourceSource;
}
