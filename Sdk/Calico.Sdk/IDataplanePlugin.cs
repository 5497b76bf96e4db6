namespace Calico.Sdk;

/// <summary>
/// The one type that a plugin assembly must have. Core makes one instance through its public parameterless
/// constructor and calls <see cref="Configure"/> once.
/// </summary>
/// <remarks>
/// Called on a thread of the host, before any kernel object exists. It only declares: it must not block, and must
/// not touch the network, the file system or the kernel. What it throws is reported as text and quarantines this
/// plugin; the others run on. Mark the class with <see cref="DataplanePluginAttribute"/>.
/// </remarks>
public interface IDataplanePlugin
{
    /// <summary>Declares everything that the plugin contributes.</summary>
    /// <param name="plugin">Collects the declarations; not usable after this call returns.</param>
    void Configure(IPluginBuilder plugin);
}
