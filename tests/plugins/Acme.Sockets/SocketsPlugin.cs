using Calico.Sdk;

namespace Acme.Sockets;

/// <summary>Sends connections to a port of the loopback interface to another one, and counts them; its option makes it go wrong.</summary>
[DataplanePlugin("sockets", Description = "Redirects connections.")]
public sealed class SocketsPlugin : IDataplanePlugin
{
    public void Configure(IPluginBuilder plugin)
    {
        string fault = plugin.Options.Text("fault", "none", "What goes wrong: c_error, rejected or refusing.");
        long from = plugin.Options.Number("from", 7001, "The port that is called.", 1, 65_535);
        long to = plugin.Options.Number("to", 7002, "The port that is reached.", 1, 65_535);
        plugin.Map<uint, ulong>("redirected", MapKind.Array, maxEntries: 1);
        if (fault == "refusing")
        {
            plugin.SocketProgram("redirect", SocketHooks.RecvMsg4).Template("refusing.bpf.c.sbn");
            return;
        }

        ISocketProgramBuilder redirect = plugin
            .SocketProgram("redirect", SocketHooks.Connect4 | SocketHooks.Connect6)
            .Parameter("from", from)
            .Parameter("to", to);
        if (fault != "none")
        {
            redirect.Template(fault + ".bpf.c.sbn");
        }

        // Before the other by its name: a refused port is refused whatever the other would make of it.
        plugin.SocketProgram("forbid", SocketHooks.Connect4).Parameter("port", 7999);
        plugin.SocketProgram("name_back", SocketHooks.GetPeerName4 | SocketHooks.GetPeerName6 | SocketHooks.RecvMsg4 | SocketHooks.RecvMsg6 | SocketHooks.SendMsg4 | SocketHooks.SendMsg6);
    }
}
