namespace Calico.Benchmarks.Contenders;

/// <summary>Everybody who is measured on real interfaces.</summary>
internal static class ContenderNetworks
{
    /// <summary>Builds one after the other: ours first, then the floor, then the kernel with every filter that is installed.</summary>
    /// <param name="suite">A part of the names of their namespaces.</param>
    public static IEnumerable<IContenderNetwork> All(string suite)
    {
        yield return new ChainNetwork(suite);
        yield return new RedirectNetwork(suite);
        foreach (var kernel in KernelNetwork.AllInstalled(suite))
        {
            yield return kernel;
        }
    }
}
