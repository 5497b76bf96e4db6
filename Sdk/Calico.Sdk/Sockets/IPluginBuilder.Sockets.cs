namespace Calico.Sdk;

/// <content>Programs at sockets.</content>
public partial interface IPluginBuilder
{
    /// <summary>
    /// Declares a program that runs at calls of sockets (<c>connect</c>, <c>sendmsg</c>, …) of the processes below the cgroup
    /// that the operator names (<c>attach.cgroup</c>), as far as they are in the agent's own network namespace. Where the
    /// operator names none, it is compiled and verified, and the status says that it is not attached.
    /// </summary>
    /// <param name="name">Lower-case letters, digits and underscores; unique within the plugin.</param>
    /// <param name="hooks">At which calls: one program is made for each. Programs of several plugins at one hook run in the order of the plugins' ids, then of the names.</param>
    /// <exception cref="Exception">The declaration is wrong; the message says what to do. Let it pass: the plugin is refused with it.</exception>
    ISocketProgramBuilder SocketProgram(string name, SocketHooks hooks);
}
