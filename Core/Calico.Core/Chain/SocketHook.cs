using Calico.Core.Bpf;
using Calico.Sdk;

namespace Calico.Core.Chain;

/// <summary>A hook of sockets, with what C, libbpf and the kernel call it.</summary>
/// <param name="Hook">In the contract.</param>
/// <param name="Name">In the section's name and in pins.</param>
/// <param name="Family">4 or 6.</param>
/// <param name="AttachType">The kernel's attach type.</param>
/// <param name="CanRefuse">Whether the kernel lets a program refuse the call.</param>
public sealed record SocketHook(SocketHooks Hook, string Name, int Family, CgroupAttachType AttachType, bool CanRefuse)
{
    /// <summary>In the order of their flags.</summary>
    public static IReadOnlyList<SocketHook> All { get; } =
    [
        new(SocketHooks.Connect4, "connect4", 4, CgroupAttachType.Connect4, CanRefuse: true),
        new(SocketHooks.Connect6, "connect6", 6, CgroupAttachType.Connect6, CanRefuse: true),
        new(SocketHooks.SendMsg4, "sendmsg4", 4, CgroupAttachType.SendMsg4, CanRefuse: true),
        new(SocketHooks.SendMsg6, "sendmsg6", 6, CgroupAttachType.SendMsg6, CanRefuse: true),
        new(SocketHooks.RecvMsg4, "recvmsg4", 4, CgroupAttachType.RecvMsg4, CanRefuse: false),
        new(SocketHooks.RecvMsg6, "recvmsg6", 6, CgroupAttachType.RecvMsg6, CanRefuse: false),
        new(SocketHooks.GetPeerName4, "getpeername4", 4, CgroupAttachType.GetPeerName4, CanRefuse: false),
        new(SocketHooks.GetPeerName6, "getpeername6", 6, CgroupAttachType.GetPeerName6, CanRefuse: false),
    ];
}
