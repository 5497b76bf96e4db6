using System.Security.Cryptography;

namespace Calico.Core.Attach;

/// <summary>
/// A stamp says "as decided now". It is random, so that neither a reused slot nor another interface's sum of stamps can
/// pass for it but by a chance of one in four billion, which a workload cannot see or steer.
/// </summary>
public static class Stamp
{
    /// <summary>A new stamp; never 0, which in a flow means "not resolved".</summary>
    public static uint Next() => (uint)RandomNumberGenerator.GetInt32(1, int.MaxValue);
}
