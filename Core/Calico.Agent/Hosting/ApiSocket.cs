using System.Net;
using System.Net.Sockets;
using Calico.Core.Interop;

namespace Calico.Agent.Hosting;

/// <summary>The file of the API's socket: only root connects, and what an earlier agent left is no obstacle.</summary>
internal static class ApiSocket
{
    private const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Removes what a dead agent left.</summary>
    /// <remarks>Called with the instance's lock held.</remarks>
    /// <exception cref="AgentStartException">Somebody listens there, or it is no socket.</exception>
    public static void Clear(string path)
    {
        if (!File.Exists(path))
        {
            return;
        }

        using var probe = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            probe.Connect(new UnixDomainSocketEndPoint(path));
        }
        catch (SocketException refused) when (refused.SocketErrorCode == SocketError.ConnectionRefused && SocketFile.Exists(path))
        {
            File.Delete(path);
            return;
        }
        catch (SocketException error)
        {
            throw new AgentStartException($"{path} is in the way, and it is not a socket that a dead agent left ({error.Message}). Look what it is, and remove it or choose another paths.apiSocket.");
        }

        throw new AgentStartException($"Another process listens on {path}. Stop it, or choose another paths.apiSocket.");
    }

    /// <summary>Binds. Nobody can connect before the mode is set, because nothing listens yet.</summary>
    public static Socket Bind(EndPoint endPoint)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Bind(endPoint);
            File.SetUnixFileMode(endPoint.ToString()!, Mode);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
