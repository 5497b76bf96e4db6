using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace Calico.Kernel.Tests.Support;

/// <summary>
/// A network namespace that only one thread is in: it has no name, and goes with the thread, whatever happens in the test.
/// </summary>
internal static class PrivateNetwork
{
    private const int CLONE_NEWNET = 0x40000000;

    public static void Run(Action test)
    {
        Exception? failure = null;
        Thread thread = new(() =>
        {
            try
            {
                Assert.True(unshare(CLONE_NEWNET) == 0, $"A network namespace could not be made (errno {Marshal.GetLastPInvokeError()}): kernel tests need root.");
                test();
            }
#pragma warning disable CA1031 // Carried to the test's own thread below.
            catch (Exception e)
            {
                failure = e;
            }
#pragma warning restore CA1031
        });
        thread.Start();
        thread.Join();
        if (failure is not null)
        {
            ExceptionDispatchInfo.Throw(failure);
        }
    }

    /// <summary>Makes a veth pair in the calling thread's namespace, both ends up; gives their indexes.</summary>
    public static (int First, int Second) AddVethPair(string first, string second)
    {
        Shell.Run($"ip link add {first} type veth peer name {second}");
        Shell.Run($"ip link set {first} up");
        Shell.Run($"ip link set {second} up");
        return (Index(first), Index(second));
    }

    public static int Index(string name)
    {
        // "7: veth0@veth1: <…": /sys shows another namespace's interfaces, so ask ip.
        string line = Shell.Run($"ip -o link show dev {name}");
        return int.Parse(line[..line.IndexOf(':', StringComparison.Ordinal)], System.Globalization.CultureInfo.InvariantCulture);
    }

    [DllImport("libc", SetLastError = true)]
    private static extern int unshare(int flags);
}
