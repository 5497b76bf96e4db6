using System.Reflection;
using Calico.Sdk;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Calico.Core.Plugins;

/// <summary>
/// The assemblies whose types host and plugin have in common. As few as possible: everything here is bound to the
/// host's version, everything else a plugin brings in the version it likes.
/// </summary>
internal static class SharedAssemblies
{
    /// <summary>The contract: never beside a plugin.</summary>
    public static IReadOnlyList<Assembly> Contract { get; } =
        [typeof(IDataplanePlugin).Assembly, Assembly.Load(new AssemblyName("Calico.Sdk.Resources"))];

    /// <summary>The contract and what its signatures name.</summary>
    public static IReadOnlyList<Assembly> All { get; } =
        [.. Contract, typeof(IServiceCollection).Assembly, typeof(ILogger).Assembly];
}
