namespace Calico.Sdk;

/// <content>The agent's API.</content>
public partial interface IPluginBuilder
{
    /// <summary>
    /// Adds a route to the agent's API, at <c>/v1/plugins/ID/PATH</c> on its socket, which only root can reach. It answers while
    /// the agent is ready and the plugin loaded.
    /// </summary>
    /// <typeparam name="THandler">Made by the plugin's container for each request.</typeparam>
    /// <param name="method"><c>GET</c>, <c>POST</c>, <c>PUT</c>, <c>PATCH</c> or <c>DELETE</c>.</param>
    /// <param name="path">
    /// Segments with slashes between them, such as <c>buckets/{name}</c>: lower-case letters, digits, hyphens, underscores and dots, or
    /// <c>{name}</c>, which takes any one segment. Where two routes fit a request, the one whose first differing segment is no <c>{name}</c> answers.
    /// </param>
    /// <exception cref="ArgumentException">The method or the path is none, or another route takes the same requests.</exception>
    void ApiRoute<THandler>(string method, string path)
        where THandler : class, IApiHandler;
}
