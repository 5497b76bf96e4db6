using System.Reflection;
using System.Runtime.Loader;
using McMasterLoader = McMaster.NETCore.Plugins.PluginLoader;

namespace Calico.Core.Plugins;

/// <summary>
/// A plugin's assembly in a load context of its own. The only file that knows McMaster.NETCore.Plugins, which
/// resolves well but has no maintainer: another loader would replace this class.
/// </summary>
internal sealed class PluginAssembly : IDisposable
{
    private McMasterLoader? _loader;
    private Assembly? _assembly;

    private PluginAssembly(McMasterLoader loader)
    {
        _loader = loader;
        _assembly = loader.LoadDefaultAssembly();
        Context = new WeakReference(AssemblyLoadContext.GetLoadContext(_assembly));
    }

    /// <summary>The plugin's own assembly.</summary>
    public Assembly Assembly => _assembly ?? throw new ObjectDisposedException(nameof(PluginAssembly), "The plugin was unloaded.");

    /// <summary>Dead once nothing holds the unloaded plugin any more.</summary>
    public WeakReference Context { get; }

    /// <summary>Loads a plugin's assembly and, as they are needed, its dependencies.</summary>
    /// <remarks>
    /// From memory: a mapped dll that somebody truncates kills the process with SIGBUS, one that is overwritten in place
    /// runs new code under the old assembly.
    /// </remarks>
    public static PluginAssembly Load(string path)
    {
        McMasterLoader loader = McMasterLoader.CreateFromAssemblyFile(path, config =>
        {
            config.IsUnloadable = true;
            config.LoadInMemory = true;
            config.DefaultContext = AssemblyLoadContext.GetLoadContext(SharedAssemblies.Contract[0])!;
            foreach (Assembly shared in SharedAssemblies.All)
            {
                config.SharedAssemblies.Add(shared.GetName());
            }
        });
        try
        {
            return new PluginAssembly(loader);
        }
        catch
        {
            loader.Dispose();
            throw;
        }
    }

    /// <summary>Asks for the unloading; the runtime does it when nothing refers to the plugin any more.</summary>
    public void Dispose()
    {
        _assembly = null;
        _loader?.Dispose();
        _loader = null;
    }
}
