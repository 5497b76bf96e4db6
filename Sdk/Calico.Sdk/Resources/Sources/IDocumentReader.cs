namespace Calico.Sdk.Resources;

/// <summary>Reads the text of an origin for an <see cref="IResourceSource"/>. A service of the host; thread-safe.</summary>
public interface IDocumentReader
{
    /// <summary>Reads YAML or JSON, which is YAML too. Never throws for what the text says.</summary>
    /// <param name="origin">The file, key or object; it stands before the line in every complaint, as in <c>etcd:/calico/x:3</c>.</param>
    /// <param name="text">One document, or several with <c>---</c> between them.</param>
    /// <returns><see cref="OriginRead"/>, or <see cref="OriginUnreadable"/> where the text is no YAML or goes beyond a bound.</returns>
    OriginChange Read(string origin, string text);
}
