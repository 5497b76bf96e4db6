namespace Calico.Sdk;

/// <summary>Answers requests to a route of the plugin's; see <see cref="IPluginBuilder.ApiRoute{THandler}"/>.</summary>
public interface IApiHandler
{
    /// <summary>Answers one request. Several may run at once, each with a handler of its own.</summary>
    /// <param name="request">What was asked.</param>
    /// <param name="cancellationToken">The client has gone, the plugin is being unloaded, or the agent stops.</param>
    /// <returns>The answer.</returns>
    /// <exception cref="Exception">
    /// The client gets status 500 with the exception's type and message, the agent's log the rest; the plugin runs on.
    /// </exception>
    Task<ApiResponse> HandleAsync(ApiRequest request, CancellationToken cancellationToken);
}
