using Calico.Core.Bpf;
using Calico.Kernel.Tests.Support;

namespace Calico.Kernel.Tests.Bpf;

public class BpfLinkTests
{
    // r0 = verdict; exit
    private static BpfProgram Verdict(string name, int verdict) =>
        BpfProgram.LoadInstructions(name, ProgramType.SchedCls, [0xb7 | ((ulong)(uint)verdict << 32), 0x95]);

    [Fact]
    public void A_tcx_link_is_attached_updated_pinned_and_adopted() => PrivateNetwork.Run(() =>
    {
        using PrivateBpffs bpffs = new();
        (int first, _) = PrivateNetwork.AddVethPair("first", "second");
        using BpfProgram pass = Verdict("pass", -1);
        using BpfProgram drop = Verdict("drop", 2);

        using (BpfLink link = BpfLink.AttachTcx(pass, first, TcDirection.Egress))
        {
            Assert.Equal(new LinkInfo(link.Info().Id, LinkType.Tcx, pass.Info().Id, first, 47), link.Info());
            link.Update(drop);
            link.Pin(bpffs.Path("link"));
        }

        using BpfLink adopted = BpfLink.OpenPinned(bpffs.Path("link"));
        Assert.Equal(drop.Info().Id, adopted.Info().ProgramId);
        Assert.Equal(TcDirection.Egress, adopted.Info().Direction);

        adopted.Detach();
        Assert.Equal(0, adopted.Info().Ifindex);
    });
}
