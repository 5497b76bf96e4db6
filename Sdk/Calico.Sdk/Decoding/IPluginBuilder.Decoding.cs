namespace Calico.Sdk;

/// <content>Names for numbers.</content>
public partial interface IPluginBuilder
{
    /// <summary>Adds a decoder from ids to names, for whoever shows them: commands, flow listings, traces.</summary>
    /// <typeparam name="TDecoder">Made once by the plugin's container.</typeparam>
    /// <param name="name">What kind of id it knows, such as <c>backend</c>: snake_case, unique in the plugin.</param>
    void Decoder<TDecoder>(string name)
        where TDecoder : class, IIdDecoder;
}
