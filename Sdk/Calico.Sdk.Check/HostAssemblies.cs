using System.Reflection;
using Calico.Core.Plugins;

namespace Calico.Sdk.Check;

/// <summary>What a plugin shares with its host, by the names of the assemblies.</summary>
internal static class HostAssemblies
{
    /// <summary>The contract.</summary>
    public static IReadOnlyList<string> Contract { get; } = [.. SharedAssemblies.Contract.Select(NameOf)];

    /// <summary>What the contract's signatures name.</summary>
    public static IReadOnlyList<string> Framework { get; } = [.. SharedAssemblies.All.Except(SharedAssemblies.Contract).Select(NameOf)];

    /// <summary>The release that the contract is of, such as <c>0.1.0</c>.</summary>
    public static string ReleaseOfContract { get; } =
        SharedAssemblies.Contract[0].GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    private static string NameOf(Assembly assembly) => assembly.GetName().Name!;
}
