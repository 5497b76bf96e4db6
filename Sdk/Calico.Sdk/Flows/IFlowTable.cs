namespace Calico.Sdk;

/// <summary>The tracked connections of the node. A service of the host; thread-safe.</summary>
public interface IFlowTable
{
    /// <summary>
    /// All live flows, read in batches without stopping traffic: memory does not grow with the table. Expired
    /// entries that nobody has swept yet are left out.
    /// </summary>
    IEnumerable<Flow> Read();
}
