using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Calico.Core.Interop;

/// <summary>
/// A netlink socket of the network namespace of the thread that opened it. System.Net.Sockets knows no AF_NETLINK, so
/// the handful of calls is declared here. Every call returns −errno on failure and throws nothing.
/// </summary>
internal sealed partial class NetlinkSocket : SafeHandleZeroOrMinusOneIsInvalid
{
    internal const int RouteProtocol = 0;

    private const int AfNetlink = 16;
    private const int SockRaw = 3;
    private const int SockCloexec = 0x80000;
    private const int SolSocket = 1;
    private const int SoRcvBuf = 8;
    private const int SoRcvBufForce = 33;
    private const int SolNetlink = 270;
    private const int NetlinkAddMembership = 1;
    private const int NetlinkExtAck = 11;
    private const int MsgTrunc = 0x20;
    private const short PollIn = 1;

    public NetlinkSocket()
        : base(ownsHandle: true)
    {
    }

    internal static int Open(int protocol, out NetlinkSocket socket)
    {
        socket = Socket(AfNetlink, SockRaw | SockCloexec, protocol);
        return socket.IsInvalid ? -Marshal.GetLastPInvokeError() : 0;
    }

    /// <summary>Gives the socket an address of the kernel's choice: a socket that was never bound receives no event.</summary>
    internal int Bind()
    {
        var address = new SockAddrNetlink { Family = AfNetlink };
        return Checked(Bind(this, in address, (uint)Marshal.SizeOf<SockAddrNetlink>()));
    }

    internal int Join(int group) => SetOption(SolNetlink, NetlinkAddMembership, group);

    /// <summary>Asks the kernel to say in words what it did not like.</summary>
    internal int RequestExplanations() => SetOption(SolNetlink, NetlinkExtAck, 1);

    internal int SetReceiveBuffer(int bytes)
    {
        // Beyond net.core.rmem_max only FORCE helps, which wants CAP_NET_ADMIN in the first user namespace.
        var result = SetOption(SolSocket, SoRcvBufForce, bytes);
        return result == 0 ? 0 : SetOption(SolSocket, SoRcvBuf, bytes);
    }

    internal int Send(ReadOnlySpan<byte> message) => Checked((int)Send(this, message, (nuint)message.Length, 0));

    /// <summary>One datagram. The result is its true length, which is larger than the buffer if it was cut.</summary>
    internal int Receive(Span<byte> buffer) => Checked((int)Receive(this, buffer, (nuint)buffer.Length, MsgTrunc));

    /// <summary>Blocks until the socket has something (true in <paramref name="readable"/>) or the signal was given.</summary>
    internal int WaitReadable(EventSignal signal, out bool readable)
    {
        bool socketHeld = false, signalHeld = false;
        readable = false;
        try
        {
            DangerousAddRef(ref socketHeld);
            signal.DangerousAddRef(ref signalHeld);
            Span<PollEntry> entries =
            [
                new PollEntry { Descriptor = (int)handle, Events = PollIn },
                new PollEntry { Descriptor = (int)signal.DangerousGetHandle(), Events = PollIn },
            ];
            var result = Checked(Poll(entries, (nuint)entries.Length, -1));
            // An error on the socket (POLLERR: the buffer overran) is fetched by reading it.
            readable = result > 0 && entries[0].Returned != 0;
            return result;
        }
        finally
        {
            if (signalHeld)
            {
                signal.DangerousRelease();
            }

            if (socketHeld)
            {
                DangerousRelease();
            }
        }
    }

    protected override bool ReleaseHandle() => Close((int)handle) == 0;

    private int SetOption(int level, int option, int value) =>
        Checked(SetSocketOption(this, level, option, in value, sizeof(int)));

    private static int Checked(int result) => result < 0 ? -Marshal.GetLastPInvokeError() : result;

    [LibraryImport("libc", EntryPoint = "socket", SetLastError = true)]
    private static partial NetlinkSocket Socket(int domain, int type, int protocol);

    [LibraryImport("libc", EntryPoint = "bind", SetLastError = true)]
    private static partial int Bind(NetlinkSocket socket, in SockAddrNetlink address, uint length);

    [LibraryImport("libc", EntryPoint = "setsockopt", SetLastError = true)]
    private static partial int SetSocketOption(NetlinkSocket socket, int level, int option, in int value, uint length);

    [LibraryImport("libc", EntryPoint = "send", SetLastError = true)]
    private static partial nint Send(NetlinkSocket socket, ReadOnlySpan<byte> buffer, nuint length, int flags);

    [LibraryImport("libc", EntryPoint = "recv", SetLastError = true)]
    private static partial nint Receive(NetlinkSocket socket, Span<byte> buffer, nuint length, int flags);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    private static partial int Poll(Span<PollEntry> entries, nuint count, int timeoutMilliseconds);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);

    [StructLayout(LayoutKind.Sequential)]
    private struct SockAddrNetlink
    {
        public ushort Family;
        public ushort Padding;
        public uint PortId;
        public uint Groups;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct PollEntry
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }
}
