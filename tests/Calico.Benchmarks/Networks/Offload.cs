using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;

namespace Calico.Benchmarks.Networks;

/// <summary>Settings of an interface that `ethtool -K` has.</summary>
internal static class Offload
{
    private const nuint SiocEthtool = 0x8946;
    private const uint SetGro = 0x2c;
    private const int NameLength = 16;
    private const int RequestLength = 40;

    /// <summary>
    /// Turns GRO on, in the calling thread's network namespace. A veth takes frames that XDP sends only where its other
    /// end polls, and it polls with GRO or with an XDP program, which would be on the path.
    /// </summary>
    public static void TurnOnGro(string link)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        var value = Marshal.AllocHGlobal(2 * sizeof(uint));
        try
        {
            Marshal.WriteInt32(value, (int)SetGro);
            Marshal.WriteInt32(value, sizeof(uint), 1);
            var request = new byte[RequestLength];
            Encoding.ASCII.GetBytes(link, request.AsSpan(0, NameLength - 1));
            BitConverter.TryWriteBytes(request.AsSpan(NameLength), value);
            if (ioctl(socket.SafeHandle, SiocEthtool, request) != 0)
            {
                throw new InvalidOperationException($"GRO of {link} could not be turned on (errno {Marshal.GetLastPInvokeError()}).");
            }
        }
        finally
        {
            Marshal.FreeHGlobal(value);
        }
    }

    [DllImport("libc", SetLastError = true)]
    private static extern int ioctl(SafeSocketHandle socket, nuint request, byte[] argument);
}
