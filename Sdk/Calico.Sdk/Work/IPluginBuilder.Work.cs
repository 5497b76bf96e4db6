namespace Calico.Sdk;

/// <content>What runs beside the chain.</content>
public partial interface IPluginBuilder
{
    /// <summary>Adds what keeps the plugin's maps as the resources ask for.</summary>
    /// <typeparam name="TReconciler">Made once by the plugin's container.</typeparam>
    /// <exception cref="ArgumentException">It is added already.</exception>
    void Reconciler<TReconciler>()
        where TReconciler : class, IReconciler;

    /// <summary>Adds something that runs in the background as long as the plugin is loaded.</summary>
    /// <typeparam name="TService">Made once by the plugin's container.</typeparam>
    /// <exception cref="ArgumentException">It is added already.</exception>
    void Service<TService>()
        where TService : class, IPluginService;
}
