using Calico.Sdk.Resources;

namespace Calico.Core.Resources.Documents;

/// <summary>Reads an origin's text for plugins that are sources.</summary>
internal sealed class DocumentReader : IDocumentReader
{
    public OriginChange Read(string origin, string text)
    {
        try
        {
            return new OriginRead(origin, YamlText.Read(text, origin));
        }
        catch (UnreadableDocumentException unreadable)
        {
            return new OriginUnreadable(origin, unreadable.Problem);
        }
    }
}
