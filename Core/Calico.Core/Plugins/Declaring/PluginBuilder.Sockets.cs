using Calico.Core.Chain.Declarations;
using Calico.Sdk;

namespace Calico.Core.Plugins;

/// <content>Programs at sockets.</content>
internal sealed partial class PluginBuilder
{
    private const SocketHooks AllSocketHooks =
        SocketHooks.Connect4 | SocketHooks.Connect6 | SocketHooks.SendMsg4 | SocketHooks.SendMsg6 |
        SocketHooks.RecvMsg4 | SocketHooks.RecvMsg6 | SocketHooks.GetPeerName4 | SocketHooks.GetPeerName6;

    private readonly List<SocketProgramBuilder> _socketPrograms = [];

    public ISocketProgramBuilder SocketProgram(string name, SocketHooks hooks)
    {
        Check(NameRules.ExplainSnakeCase(name), "socket program", name, nameof(name));
        RefuseSecond(_socketPrograms.Any(program => program.Name == name), "socket program", name, nameof(name));
        Check(
            hooks == SocketHooks.None || (hooks & ~AllSocketHooks) != 0 ? $"'{hooks}' is no set of hooks. Give at least one of {nameof(SocketHooks)}." : null,
            "socket program", name, nameof(hooks));
        var program = new SocketProgramBuilder(this, new SocketProgramDeclaration(Id, name, hooks));
        _socketPrograms.Add(program);
        return program;
    }
}
