using System.Reflection;
using Calico.Sdk;

namespace Calico.Core.Plugins;

/// <summary>The one class of an assembly that is the plugin.</summary>
internal sealed record EntryPoint(Type Type, string Id, string Description, string Version)
{
    /// <exception cref="PluginLoadException">None, several, or one that is not marked as it must be.</exception>
    public static EntryPoint Find(Assembly assembly)
    {
        string name = assembly.GetName().Name!;
        Type[] plugins = [.. assembly.GetTypes()
            .Where(type => type is { IsClass: true, IsAbstract: false } && typeof(IDataplanePlugin).IsAssignableFrom(type))];
        if (plugins.Length != 1)
        {
            throw new PluginLoadException(plugins.Length == 0
                ? $"{name} is not a plugin: no class of it implements IDataplanePlugin. Add a public one and mark it with [DataplanePlugin(\"its-id\")]."
                : $"{name} has {plugins.Length} classes that implement IDataplanePlugin ({string.Join(", ", plugins.Select(type => type.FullName))}). An assembly is one plugin: keep one of them, and move the others into assemblies of their own.");
        }

        Type entry = plugins[0];
        DataplanePluginAttribute mark = MarkOf(entry);
        if (entry.ContainsGenericParameters || entry.GetConstructor(Type.EmptyTypes) is null)
        {
            throw new PluginLoadException($"{entry.FullName} cannot be made: it needs a public constructor without parameters, and no type parameters. Take what the plugin needs from IPluginBuilder.Services.");
        }

        return new EntryPoint(entry, mark.Id, mark.Description, VersionOf(assembly));
    }

    /// <summary>The identity that a plugin's class is marked with.</summary>
    /// <exception cref="PluginLoadException">It has none, or none that a plugin may have.</exception>
    public static DataplanePluginAttribute MarkOf(Type entry)
    {
        DataplanePluginAttribute mark = entry.GetCustomAttribute<DataplanePluginAttribute>()
            ?? throw new PluginLoadException($"{entry.FullName} implements IDataplanePlugin but has no identity. Mark it with [DataplanePlugin(\"its-id\")].");
        return NameRules.ExplainId(mark.Id) is { } wrong
            ? throw new PluginLoadException($"{entry.FullName} is marked with the id '{mark.Id}': {wrong}")
            : mark;
    }

    /// <summary>The package's version; what stands after the plus is the commit.</summary>
    private static string VersionOf(Assembly assembly) =>
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0]
        ?? assembly.GetName().Version?.ToString() ?? "0.0.0";
}
