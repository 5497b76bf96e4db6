namespace Calico.Repository.Tests;

internal static class Breaches
{
    /// <summary>Fails with every breach on a line of its own; xunit's own message would cut them short.</summary>
    public static void None(IEnumerable<string> breaches)
    {
        var all = breaches.ToArray();
        Assert.True(all.Length == 0, string.Join('\n', all));
    }
}
